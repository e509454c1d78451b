import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ShownMessages } from '../../src/deliveries/shown-messages.service.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { alertsOf, watch } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let slack: WebhookReceiver;
let account: TestAccount;
let alertId: string;
let entities = 0;

const post = '/api/chat.postMessage';
const update = '/api/chat.update';
const ok = { status: 200, body: JSON.stringify({ ok: true, channel: 'C1', ts: '1.5' }) };
const refused = { status: 200, body: JSON.stringify({ ok: false, error: 'update_failed' }) };

beforeAll(async () => {
  slack = await startWebhookReceiver();
  app = await startApp({ SLACK_API_URL: slack.url('/api/'), SLACK_PER_S: '0' });
});
afterAll(async () => {
  await app.stop();
  await slack.close();
});
beforeEach(async () => {
  const entity = `shown${++entities}`;
  account = await app.createAccount();
  const { token } = account;
  const settings = { token: 'xoxb-test', channel: 'C1' };
  const made = await app.call('POST', '/v1/destinations', { token, body: { kind: 'slack', settings } });
  await watch(app, account, [['entity', entity]], { destinationIds: [made.body.id] });
  slack.script(post, ok);
  slack.script(update, ok);
  await app.postEvents([provisionEvent({ entity, after: side('high') })]);
  await app.work();
  alertId = (await alertsOf(app, account))[0].alert.id;
});

const acknowledge = async () =>
  app.call('POST', `/v1/alerts/${alertId}/acknowledge`, { token: account.token });
const settled = async () => app.app.get(ShownMessages, { strict: false }).settled();
const updates = () =>
  slack.requests
    .filter(({ path }) => path === update)
    .map(({ body }) => new URLSearchParams(body.toString()).get('blocks') ?? '');

it('changes a message once for what changed once', async () => {
  const before = updates().length;
  await acknowledge();
  await acknowledge();
  await settled();
  expect(updates()).toHaveLength(before + 1);
});

it('shows in the end what another process wrote meanwhile', async () => {
  const before = updates().length;
  slack.script(update, { ...ok, delayMs: 300 }, ok);
  await acknowledge();
  await expect.poll(() => updates().length).toBe(before + 1);
  await app.database.execute(
    `insert into mute (account_id, kind, key, since) values ($1, 'provision', $2, $3)`,
    [account.id, `shown${entities}-terms-1`, app.clock.now()],
  );
  await settled();
  const [first, second, ...others] = updates().slice(before);
  expect([first?.includes('Muted'), second?.includes('Muted'), others]).toEqual([false, true, []]);
  expect(second).toContain('✓ Acknowledged');
});

it('gives up on what cannot be changed, and shows it with the next change', async () => {
  slack.script(update, refused);
  await acknowledge();
  await settled();
  slack.script(update, ok);
  const before = updates().length;
  await app.app.get(ShownMessages, { strict: false }).refresh(alertId as never);
  expect(updates().slice(before).join('')).toContain('✓ Acknowledged');
});

it('is waited for when the service stops', async () => {
  slack.script(update, { ...ok, delayMs: 500 });
  const before = updates().length;
  await acknowledge();
  const startedAt = performance.now();
  await app.app.get(ShownMessages, { strict: false }).beforeApplicationShutdown();
  expect(performance.now() - startedAt).toBeGreaterThan(250);
  expect(updates()).toHaveLength(before + 1);
});
