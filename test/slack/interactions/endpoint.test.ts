import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { slackSignature } from '../../../src/slack/slack-signature.js';
import { blocked, hold } from '../../support/database-locks.js';
import { startApp } from '../../support/app.js';
import { provisionEvent, side } from '../../support/events.js';
import type { PostedMessage } from '../../support/slack-emulator.js';
import { alertsOf } from '../../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { SlackStage } from './slack-stage.js';

let stage: SlackStage;
let hooks: WebhookReceiver;
let reader: Awaited<ReturnType<SlackStage['reader']>>;
let message: PostedMessage;
let entities = 0;
const lines: string[] = [];

beforeAll(async () => {
  stage = await SlackStage.open({ write: (line) => lines.push(line) });
  hooks = await startWebhookReceiver();
});
afterAll(async () => {
  await stage.close();
  await hooks.close();
});
beforeEach(async () => {
  const entity = `endpoint${++entities}`;
  reader = await stage.reader(entity);
  await stage.app.postEvents([provisionEvent({ entity, after: side('high') })]);
  await stage.app.work();
  message = (await stage.inChannel())[0]!;
  lines.length = 0;
});

const isAcknowledged = async () => (await alertsOf(stage.app, reader.account))[0].acknowledgedAt !== null;
const muted = async () =>
  (await stage.app.call('GET', '/v1/mutes', { token: reader.account.token })).body.items.length;

describe('the entrance for clicks', () => {
  it('is closed to what Slack did not sign, and to what it signed too long ago', async () => {
    const payload = stage.payload({ message, action: 'acknowledge', team: reader.team });
    const old = String(Number(stage.seconds()) - 301);
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stage.seconds(),
      'x-slack-signature': slackSignature('another secret', stage.seconds(), Buffer.from(body)),
    };
    expect((await stage.send(payload, old)).status).toBe(401);
    expect((await stage.app.call('POST', '/slack/interactions', { body, headers })).status).toBe(401);
    expect(await isAcknowledged()).toBe(false);
  });

  it('is not there without a signing secret', async () => {
    const app = await startApp();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status } = await app.call('POST', '/slack/interactions', { body: 'payload={}', headers });
    await app.stop();
    expect(status).toBe(404);
  });

  it.each([
    ['a button that opens a page', () => stage.payload({ message, action: 'open', team: reader.team })],
    ['an interaction of another kind', () => ({ type: 'view_submission', team: { id: reader.team } })],
    ['no JSON', () => '{'],
    ['null', () => null],
    ['a click without a team', () => ({ ...stage.payload({ message, action: 'acknowledge' }), team: null })],
    [
      'a button of another name',
      () => ({
        ...stage.payload({ message, action: 'acknowledge', team: reader.team }),
        actions: [{ action_id: 'delete', value: '1' }],
      }),
    ],
    [
      'ids that are none',
      () => ({
        ...stage.payload({ message, action: 'acknowledge', team: reader.team }),
        actions: [{ action_id: 'mute', value: "1' or 1=1/x\u0000" }],
      }),
    ],
  ])('answers 200 to %s and does nothing', async (_, payload) => {
    expect((await stage.send(payload())).status).toBe(200);
    expect([await isAcknowledged(), await muted()]).toEqual([false, 0]);
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('takes the same request once: what was done since stays', async () => {
    const payload = stage.payload({ message, action: 'mute', team: reader.team });
    const at = stage.seconds();
    await stage.send(payload, at);
    expect(await muted()).toBe(1);
    const path = `/v1/mutes/provision/endpoint${entities}-terms-1`;
    await stage.app.call('DELETE', path, { token: reader.account.token });
    stage.app.clock.advance(200);
    expect((await stage.send(payload, at)).status).toBe(200);
    expect(await muted()).toBe(0);
    // Another click on the same button is another request.
    await stage.send(payload);
    expect(await muted()).toBe(1);
  });

  it('forgets signatures that are no longer good', async () => {
    const payload = stage.payload({ message, action: 'acknowledge', team: reader.team });
    await stage.send(payload);
    stage.app.clock.advance(3_600);
    await stage.send(payload);
    const [row] = await stage.app.database.query(`select count(*)::integer as kept from slack_click`);
    expect(row).toEqual({ kept: 1 });
  });

  it('answers in time when the database does not, and does the work after that', async () => {
    const [{ alert }] = await alertsOf(stage.app, reader.account);
    const { status, ms } = await hold(
      stage.app.database,
      `select from alert where id = ${alert.id} for update`,
      async () => {
        const startedAt = performance.now();
        const sent = stage.send(stage.payload({ message, action: 'acknowledge', team: reader.team }));
        await blocked(stage.app.database, 1);
        return { ...(await sent), ms: performance.now() - startedAt };
      },
    );
    expect(status).toBe(200);
    expect(ms).toBeLessThan(3_000);
    await expect.poll(isAcknowledged).toBe(true);
  });
});

describe('word to the one who clicked', () => {
  const clickOnNothing = (responseUrl: string) => ({
    ...stage.payload({ message, action: 'acknowledge', team: reader.team }),
    actions: [{ action_id: 'acknowledge', value: '999999999' }],
    response_url: responseUrl,
  });

  it('goes to them alone when the alert is not there', async () => {
    const general = stage.slack.webhookChannelId;
    const before = (await stage.slack.history(general)).length;
    await stage.send(clickOnNothing(stage.slack.webhookUrl));
    await expect.poll(async () => (await stage.slack.history(general)).length).toBe(before + 1);
    expect((await stage.slack.history(general))[0]?.text).toContain('Nothing was changed.');
  });

  it.each([
    () => hooks.url('/actions'),
    () => 'https://hooks.slack.com.evil.example/actions/T1/1/x',
    () => 'https://user:pass@hooks.slack.com/actions/T1/1/x',
    () => 'http://hooks.slack.com/actions/T1/1/x',
    () => 'file:///etc/passwd',
  ])('goes to no address that is not Slack’s', async (url) => {
    const before = hooks.requests.length;
    expect((await stage.send(clickOnNothing(url()))).status).toBe(200);
    await expect.poll(() => lines.join('')).toContain('the address was refused');
    expect(hooks.requests).toHaveLength(before);
    expect(lines.join('')).not.toContain('hooks.slack.com');
  });
});
