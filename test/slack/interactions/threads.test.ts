import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FanOut } from '../../../src/alerts/fan-out.js';
import { AttemptLog } from '../../../src/deliveries/attempt-log.js';
import type { Severity } from '../../../src/domain/severity.js';
import { provisionEvent, side } from '../../support/events.js';
import type { PostedMessage } from '../../support/slack-emulator.js';
import { deliveriesOf } from '../../support/watching.js';
import { elementsOf, kim, saidBy, SlackStage } from './slack-stage.js';

let stage: SlackStage;
let reader: Awaited<ReturnType<SlackStage['reader']>>;
let entity: string;
let entities = 0;

beforeAll(async () => {
  stage = await SlackStage.open();
});
afterAll(async () => stage.close());
beforeEach(async () => {
  entity = `thread${++entities}`;
  reader = await stage.reader(entity);
});

/** One more event of the revision, that settles by itself: the first makes the alert, each other a follow-up. */
async function event(provision: string, severity: Severity = 'medium'): Promise<void> {
  const revision = { id: `revision-of-${entity}`, size: 1 };
  await stage.app.postEvents([
    provisionEvent({ entity, provision: `${entity}-${provision}`, revision, after: side(severity) }),
  ]);
  await stage.app.app.get(FanOut).run(new AbortController().signal);
}

const again = async (message: PostedMessage) =>
  (await stage.inChannel()).find(({ ts }) => ts === message['ts'])!;

async function first(): Promise<PostedMessage> {
  await event('first');
  await stage.app.work();
  return (await stage.inChannel())[0]!;
}

const messages = async () =>
  stage.app.database.query<{ id: string; thread: string | null }>(
    `select m.delivery_id as id, m.thread from delivery_message m join delivery d on d.id = m.delivery_id
     where d.account_id = $1 order by m.delivery_id`,
    [reader.account.id],
  );

describe('a follow-up', () => {
  it('goes to the thread of the first message, which says so', async () => {
    const message = await first();
    const standing = (await stage.inChannel()).length;
    await event('second', 'high');
    await stage.app.work();
    expect(await stage.inChannel()).toHaveLength(standing);
    const [answer, ...others] = await stage.answers(message);
    expect(others).toEqual([]);
    expect(saidBy(answer!)).toContain(`Provision ${entity}-second`);
    expect(elementsOf(answer!).map(({ action_id: id }) => id)).toEqual(['open', 'acknowledge', 'mute']);
    expect(saidBy(await again(message))).toContain('1 follow-up in the thread  · ▲ High');
    expect(saidBy(await again(message))).toContain(`Provision ${entity}-first`);
  });

  it('leaves an acknowledgement shown, and an acknowledgement leaves it', async () => {
    const message = await first();
    await stage.click({ message, action: 'acknowledge', team: reader.team });
    await event('second', 'high');
    await stage.app.work();
    expect(saidBy(await again(message))).toContain(kim);
    expect(saidBy(await again(message))).toContain('1 follow-up in the thread');
    await stage.click({ message, action: 'mute', team: reader.team });
    expect(saidBy(await again(message))).toMatch(/1 follow-up .* ✓ Acknowledged .* Muted: /s);
  });

  it('by a bot token goes there as well, and by an incoming webhook stands by itself', async () => {
    const byToken = await stage.destination(reader.account, {
      token: stage.slack.token,
      channel: '#policy-alerts',
    });
    const byWebhook = await stage.destination(reader.account, { webhookUrl: stage.slack.webhookUrl });
    await stage.app.call('PATCH', `/v1/watchlists/${reader.list}`, {
      token: reader.account.token,
      body: { destinationIds: [byToken, byWebhook] },
    });
    const message = await first();
    await event('second');
    await stage.app.work();
    expect(await stage.answers(message)).toHaveLength(1);
    expect(saidBy(await again(message))).toContain('1 follow-up in the thread');
    expect(saidBy(await again(message))).toContain('Open the alert');
    const general = await stage.slack.history(stage.slack.webhookChannelId);
    expect(saidBy(general[0]!)).toContain(`Provision ${entity}-second`);
    expect(general[0]!['thread_ts']).toBeUndefined();
    expect(await messages()).toHaveLength(2);
  });

  it('of several at once all go there, and are all counted', async () => {
    const message = await first();
    for (const provision of ['b', 'c', 'd']) await event(provision);
    await event('e', 'high');
    await stage.app.work();
    expect(await stage.answers(message)).toHaveLength(4);
    expect(saidBy(await again(message))).toContain('4 follow-ups in the thread  · ▲ High');
  });

  it('stands by itself when the first message is not delivered yet; later ones answer it', async () => {
    const before = (await stage.inChannel()).length;
    await event('first');
    await stage.app.database.execute(
      `update parcel set due_at = due_at + interval '1 hour' where id in (
         select parcel_id from delivery where account_id = $1)`,
      [reader.account.id],
    );
    await event('second');
    await stage.app.work();
    const [second] = await stage.inChannel();
    expect(saidBy(second!)).toContain(`Provision ${entity}-second`);
    stage.app.clock.advance(3_700);
    await event('third');
    await stage.app.work();
    expect(await stage.inChannel()).toHaveLength(before + 2);
    expect(await stage.answers(second!)).toHaveLength(1);
  });

  it('that is sent again goes to the same thread, and counts once', async () => {
    const message = await first();
    await event('second');
    await stage.app.work();
    const [delivery] = await deliveriesOf(stage.app, reader.account);
    const path = `/v1/deliveries/${delivery.id}/replay`;
    expect((await stage.app.call('POST', path, { token: reader.account.token })).status).toBeLessThan(300);
    await stage.app.work();
    expect(await stage.answers(message)).toHaveLength(2);
    expect(saidBy(await again(message))).toContain('1 follow-up in the thread');
    expect(await messages()).toHaveLength(2);
  });

  it('answers the newest copy of a first message that was sent again', async () => {
    const message = await first();
    const [delivery] = await deliveriesOf(stage.app, reader.account);
    await stage.app.call('POST', `/v1/deliveries/${delivery.id}/replay`, { token: reader.account.token });
    await stage.app.work();
    const [copy] = await stage.inChannel();
    expect(copy!['ts']).not.toBe(message['ts']);
    await event('second');
    await stage.app.work();
    expect(await stage.answers(copy!)).toHaveLength(1);
    expect(await stage.answers(message)).toEqual([]);
    // A click on the old copy is good, and shown on both.
    await stage.click({ message, action: 'acknowledge', team: reader.team });
    expect(saidBy(await again(message))).toContain('✓ Acknowledged');
    expect(saidBy(await again(copy!))).toContain('✓ Acknowledged');
  });

  it.each(['C…', '#general'])(
    'goes to no thread of a channel that the destination left for %s',
    async (name) => {
      const message = await first();
      const general = await stage.channelOf('general');
      stage.app.clock.advance(1);
      const settings = name.startsWith('#')
        ? { token: stage.slack.token, channel: name }
        : { workspace: reader.workspace, channel: general };
      const path = `/v1/destinations/${reader.destinationId}`;
      const moved = await stage.app.call('PATCH', path, { token: reader.account.token, body: { settings } });
      expect(moved.status, moved.text).toBe(200);
      await event('second');
      await stage.app.work();
      expect(await stage.answers(message)).toEqual([]);
      const [there] = await stage.slack.history(general);
      expect(saidBy(there!)).toContain(`Provision ${entity}-second`);
      expect(there!['thread_ts']).toBeUndefined();
      expect(await again(message)).toEqual(message);
    },
  );

  it('leaves the message of the former channel to show an acknowledgement', async () => {
    const message = await first();
    stage.app.clock.advance(1);
    await stage.app.call('PATCH', `/v1/destinations/${reader.destinationId}`, {
      token: reader.account.token,
      body: { settings: { workspace: reader.workspace, channel: await stage.channelOf('general') } },
    });
    await stage.click({ message, action: 'acknowledge', team: reader.team });
    expect(saidBy(await again(message))).toContain('✓ Acknowledged');
  });
});

describe('what is kept of messages', () => {
  it('is nothing for channels whose messages stay as they are', async () => {
    const account = await stage.app.createAccount();
    await stage.app.call('POST', '/v1/watchlists', { token: account.token, body: { name: 'Mail' } });
    const list = (await stage.app.call('GET', '/v1/watchlists', { token: account.token })).body.items[0].id;
    await stage.app.call('PUT', `/v1/watchlists/${list}/follows/entity/${entity}`, { token: account.token });
    await first();
    const kept = await stage.app.database.query(
      `select d.lane from delivery_message m join delivery d on d.id = m.delivery_id
       where d.account_id = any ($1) group by d.lane`,
      [[account.id, reader.account.id]],
    );
    expect(kept).toEqual([{ lane: 'slack' }]);
  });

  it('is removed after as long as attempts are', async () => {
    await first();
    stage.app.clock.advance(400 * 86_400);
    await stage.app.app.get(AttemptLog).maintain();
    expect(await messages()).toHaveLength(1);
    stage.app.clock.advance(40 * 86_400);
    await stage.app.app.get(AttemptLog).maintain();
    expect(await messages()).toEqual([]);
  });

  it('goes with the account', async () => {
    await first();
    const all = async () => stage.app.database.query(`select delivery_id from delivery_message`);
    const before = (await all()).length;
    const path = `/v1/accounts/${reader.account.id}`;
    expect((await stage.app.call('DELETE', path, { token: stage.app.operatorToken })).status).toBe(204);
    expect(await all()).toHaveLength(before - 1);
  });
});
