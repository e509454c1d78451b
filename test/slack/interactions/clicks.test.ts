import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { provisionEvent, side } from '../../support/events.js';
import type { PostedMessage } from '../../support/slack-emulator.js';
import { alertsOf, deliveriesOf } from '../../support/watching.js';
import { elementsOf, kim, saidBy, SlackStage } from './slack-stage.js';

let stage: SlackStage;
let reader: Awaited<ReturnType<SlackStage['reader']>>;
let entity: string;
let entities = 0;
const lines: string[] = [];

beforeAll(async () => {
  stage = await SlackStage.open({ write: (line) => lines.push(line) });
});
afterAll(async () => stage.close());
beforeEach(async () => {
  entity = `click${++entities}`;
  reader = await stage.reader(entity);
});

/** A change of the entity, told in Slack. @returns the message */
async function told(provision = `${entity}-terms-1`, text = `wording ${Math.random()}`) {
  await stage.app.postEvents([provisionEvent({ entity, provision, after: side('high', text) })]);
  await stage.app.work();
  return (await stage.inChannel())[0]!;
}

const again = async (message: PostedMessage) =>
  (await stage.inChannel()).find(({ ts }) => ts === message['ts'])!;

const acknowledgedAt = async () => (await alertsOf(stage.app, reader.account))[0].acknowledgedAt;
const mutes = async () =>
  (await stage.app.call('GET', '/v1/mutes', { token: reader.account.token })).body.items;

describe('a message to a workspace', () => {
  it('ends in buttons that open, acknowledge and mute', async () => {
    const elements = elementsOf(await told());
    const [delivery] = await deliveriesOf(stage.app, reader.account);
    expect(elements.map(({ action_id: id }) => id)).toEqual(['open', 'acknowledge', 'mute']);
    expect(elements[0]!.url).toMatch(/\/alerts\/\d+\?key=/);
    expect(elements[1]!.value).toBe(delivery.id);
  });

  it('has none when it goes by a bot token or an incoming webhook: a click would call nobody', async () => {
    for (const settings of [
      { token: stage.slack.token, channel: stage.slack.channel.id },
      { webhookUrl: stage.slack.webhookUrl },
    ]) {
      const id = await stage.destination(reader.account, settings);
      await stage.app.call('PATCH', `/v1/watchlists/${reader.list}`, {
        token: reader.account.token,
        body: { destinationIds: [id] },
      });
      await told();
      const [posted] = await stage.slack.history(
        'webhookUrl' in settings ? stage.slack.webhookChannelId : undefined,
      );
      expect(elementsOf(posted!)).toEqual([]);
      expect(saidBy(posted!)).toContain('Open the alert');
    }
  });
});

describe('a click on Acknowledge', () => {
  it('acknowledges the alert, and the message says who and when in place of the button', async () => {
    const message = await told();
    const answer = await stage.click({ message, action: 'acknowledge', team: reader.team });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(await acknowledgedAt()).toBe(stage.app.clock.now().toISOString());
    const changed = await again(message);
    const utc = stage.app.clock.now().toISOString().slice(0, 16).replace('T', ' ');
    expect(saidBy(changed)).toContain(`✓ Acknowledged  by  ${kim}  ·  ${utc} UTC`);
    expect(elementsOf(changed).map(({ action_id: id }) => id)).toEqual(['open', 'mute']);
    expect(changed.metadata).toEqual(message.metadata);
  });

  it('keeps who was first, and shows it to who clicks on an older state', async () => {
    const message = await told();
    await stage.click({ message, action: 'acknowledge', team: reader.team });
    const at = await acknowledgedAt();
    stage.app.clock.advance(90);
    const user = { id: 'U0LATE' };
    await stage.click({ message, action: 'acknowledge', team: reader.team, more: { user } });
    expect(await acknowledgedAt()).toBe(at);
    expect(saidBy(await again(message))).toContain(`by  ${kim}`);
    expect(saidBy(await again(message))).not.toContain('U0LATE');
  });

  it('does nothing for a team that the destination is not in, nor for one of another account', async () => {
    const message = await told();
    const stranger = await stage.app.createAccount();
    await stage.addWorkspace(stranger, 'TSTRANGER');
    for (const team of ['TSTRANGER', 'T0NOBODY', 'T%']) {
      expect((await stage.click({ message, action: 'acknowledge', team })).status).toBe(200);
      expect((await stage.click({ message, action: 'mute', team })).status).toBe(200);
    }
    expect(await acknowledgedAt()).toBeNull();
    expect(await mutes()).toEqual([]);
    expect(await again(message)).toEqual(message);
  });

  it('does nothing when the workspace is another account’s, or was given up', async () => {
    const message = await told();
    const stranger = await stage.app.createAccount();
    const theirs = await stage.addWorkspace(stranger, reader.team);
    const point = async (workspace: string) =>
      stage.app.database.execute(
        `update destination set settings = settings || jsonb_build_object('workspace', $2::text) where id = $1`,
        [reader.destinationId, workspace],
      );
    await point(theirs);
    await stage.click({ message, action: 'acknowledge', team: reader.team });
    expect(await acknowledgedAt()).toBeNull();
    await point(reader.workspace);
    const give = `update slack_workspace set status = 'deleted', sealed = null where id = $1`;
    await stage.app.database.execute(give, [reader.workspace]);
    // Else it would be the same request again.
    stage.app.clock.advance(1);
    await stage.click({ message, action: 'acknowledge', team: reader.team });
    expect(await acknowledgedAt()).toBeNull();
  });

  it('does nothing when the destination left the workspace', async () => {
    const message = await told();
    await stage.app.call('PATCH', `/v1/destinations/${reader.destinationId}`, {
      token: reader.account.token,
      body: { settings: { token: stage.slack.token, channel: stage.slack.channel.id } },
    });
    await stage.click({ message, action: 'acknowledge', team: reader.team });
    expect(await acknowledgedAt()).toBeNull();
  });
});

describe('an acknowledgement by the API', () => {
  it('shows in all messages of the alert, and names nobody', async () => {
    const other = await stage.destination(reader.account, {
      workspace: reader.workspace,
      channel: await stage.channelOf('general'),
    });
    await stage.app.call('PATCH', `/v1/watchlists/${reader.list}`, {
      token: reader.account.token,
      body: { destinationIds: [reader.destinationId, other] },
    });
    const message = await told();
    const [{ alert }] = await alertsOf(stage.app, reader.account);
    const path = `/v1/alerts/${alert.id}/acknowledge`;
    const answer = await stage.settled(stage.app.call('POST', path, { token: reader.account.token }));
    expect(answer.body.acknowledgedAt).not.toBeNull();
    const [elsewhere] = await stage.slack.history(stage.slack.webhookChannelId);
    for (const shown of [await again(message), elsewhere!]) {
      expect(saidBy(shown)).toContain('✓ Acknowledged  · ');
      expect(elementsOf(shown).map(({ action_id: id }) => id)).toEqual(['open', 'mute']);
    }
  });

  it('stands when the message cannot be changed, and the log says so', async () => {
    const message = await told();
    await stage.delete(message);
    const [{ alert }] = await alertsOf(stage.app, reader.account);
    const path = `/v1/alerts/${alert.id}/acknowledge`;
    lines.length = 0;
    await stage.settled(stage.app.call('POST', path, { token: reader.account.token }));
    expect(await acknowledgedAt()).not.toBeNull();
    const line = lines.map((one) => JSON.parse(one)).find(({ msg }) => msg === 'message not changed');
    expect(line).toMatchObject({ lane: 'slack', outcome: 'permanent', alertId: alert.id });
    expect(lines.join('')).not.toContain(stage.slack.token);
  });
});

describe('a click on Mute', () => {
  it('mutes the provision for the account, and the message says so', async () => {
    const message = await told();
    await stage.click({ message, action: 'mute', team: reader.team });
    expect(await mutes()).toMatchObject([{ kind: 'provision', key: `${entity}-terms-1`, until: null }]);
    const changed = await again(message);
    expect(saidBy(changed)).toContain(`Muted:  Provision ${entity}-terms-1`);
    expect(elementsOf(changed).map(({ action_id: id }) => id)).toEqual(['open', 'acknowledge']);
    const before = (await alertsOf(stage.app, reader.account)).length;
    await told();
    expect(await alertsOf(stage.app, reader.account)).toHaveLength(before);
  });

  it('mutes the chosen one of several', async () => {
    const revision = { id: 'r1', size: 3 };
    const provisions = ['a', 'b', 'c'].map((end) => `${entity}-${end}`);
    await stage.app.postEvents(
      provisions.map((provision) => provisionEvent({ entity, provision, revision })),
    );
    await stage.app.work();
    const [message] = await stage.inChannel();
    const list = elementsOf(message!).at(-1)!;
    expect([list.type, list.options?.length]).toEqual(['static_select', 3]);
    await stage.click({ message: message!, action: 'mute', option: 1, team: reader.team });
    expect(await mutes()).toMatchObject([{ key: provisions[1] }]);
    const changed = await again(message!);
    expect(saidBy(changed)).toContain(`Muted:  Provision ${provisions[1]}`);
    expect(elementsOf(changed).at(-1)?.options).toHaveLength(2);
  });

  it('mutes only what the alert tells of', async () => {
    const other = await stage.reader(`${entity}x`);
    await stage.app.postEvents([provisionEvent({ entity: `${entity}x`, provision: 'not-yours' })]);
    await stage.app.work();
    const [theirs] = await stage.inChannel();
    const value = elementsOf(theirs!).at(-1)!.value!;
    const message = await told();
    const mine = elementsOf(message).at(-1)!.value!;
    const forged = `${mine.split('/')[0]}/${value.split('/')[1]}`;
    const payload = stage.payload({ message, action: 'mute', team: reader.team });
    await stage.send({ ...payload, actions: [{ action_id: 'mute', value: forged }] });
    expect(await mutes()).toEqual([]);
    expect(other.team).not.toBe(reader.team);
  });
});
