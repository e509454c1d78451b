import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let entity: string;
let path: string;
let destinationId: string;
let events = 0;

beforeAll(async () => {
  // One attempt a delivery, and an endpoint that refuses with a 4xx, which no breaker minds.
  app = await startApp({ RETRY_SCHEDULE_S: '100000000' });
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
beforeEach(async () => {
  account = await app.createAccount();
  entity = `health-${account.id}`;
  path = `/hook-${account.id}`;
  destinationId = (await webhookTo(app, account, receiver.url(path))).id;
  await watch(app, account, [['entity', entity]], { destinationIds: [destinationId] });
});

/** One alert, sent to the endpoint, which answers so. */
const alert = async (status: number) => {
  receiver.script(path, { status });
  await app.postEvents([provisionEvent({ entity, provision: `${entity}-${++events}`, after: side('high') })]);
  await app.work();
  await app.work();
};
const mails = async () => {
  const { body } = await app.call('GET', '/sandbox/mailbox.json', {});
  return body.filter(({ to }: { to: string[] }) => to.some((address) => address.includes(account.email)));
};
const destination = async () =>
  (await app.call('GET', `/v1/destinations/${destinationId}`, { token: account.token })).body;

const failedInRow = async () => {
  const [row] = await app.database.query<{ failedInRow: number }>(
    `select failed_in_row as "failedInRow" from destination where id = $1`,
    [destinationId],
  );
  return row?.failedInRow;
};

it('tells the owner once, at the third failed delivery in a row', async () => {
  await alert(404);
  await alert(404);
  expect(await mails()).toEqual([]);
  await alert(404);
  const [mail, ...others] = await mails();
  expect(others).toEqual([]);
  expect(mail.subject).toBe('Alerts do not reach your webhook destination');
  expect(mail.text).toContain('the endpoint answered 404 Not Found');
  for (let n = 0; n < 4; n++) await alert(404);
  expect(await mails()).toHaveLength(1);
  expect((await destination()).status).toBe('active');
});

it('begins anew once a delivery has succeeded', async () => {
  for (const status of [404, 404, 200, 404, 404]) await alert(status);
  expect(await mails()).toEqual([]);
  await alert(404);
  expect(await mails()).toHaveLength(1);
  await alert(200);
  for (let n = 0; n < 3; n++) await alert(404);
  expect(await mails()).toHaveLength(2);
});

it('counts no row of failures over a delivery that was under way with them and succeeded', async () => {
  receiver.script(
    path,
    { status: 404 },
    { status: 404 },
    { status: 200, delayMs: 1_500 },
    { status: 404, delayMs: 3_000 },
  );
  const parts = Array.from({ length: 4 }, () => `${entity}-${++events}`);
  await app.postEvents(parts.map((provision) => provisionEvent({ entity, provision, after: side('high') })));
  const work = app.work();
  await vi.waitUntil(async () => (await failedInRow()) === 2, { timeout: 20_000 });
  app.clock.advance(1);
  await work;
  await app.work();
  expect([await mails(), await failedInRow()]).toEqual([[], 0]);
});

it('does not take the delivered notice for a success of the destination that it tells of', async () => {
  for (let n = 0; n < 3; n++) await alert(404);
  const [row] = await app.database.query(
    `select failed_in_row as "failedInRow", failing_since as since from destination where id = $1`,
    [destinationId],
  );
  expect(row).toMatchObject({ failedInRow: 3, since: expect.any(Date) });
});

it('disables a destination when every attempt has failed for five days, and tells the owner', async () => {
  for (let n = 0; n < 3; n++) await alert(404);
  app.clock.advance(5 * 86_400 - 60);
  await alert(404);
  expect((await destination()).status).toBe('active');
  app.clock.advance(120);
  await alert(404);
  expect(await destination()).toMatchObject({
    status: 'disabled',
    reason: 'every attempt has failed for five days: the endpoint answered 404 Not Found',
  });
  const [newest, ...others] = await mails();
  expect(newest.subject).toBe('Stopped sending to your webhook destination');
  expect(newest.text).toContain('every attempt has failed for five days');
  expect(others).toHaveLength(1);
});

it('disables at once what asks for it, with one mail, and starts with a clean record when enabled', async () => {
  await alert(404);
  await alert(404);
  await alert(410);
  expect(await destination()).toMatchObject({
    status: 'disabled',
    reason: expect.stringContaining('410 Gone'),
  });
  expect((await mails()).map(({ subject }: { subject: string }) => subject)).toEqual([
    'Stopped sending to your webhook destination',
  ]);
  await app.call('POST', `/v1/destinations/${destinationId}/enable`, { token: account.token });
  await alert(404);
  await alert(404);
  expect(await mails()).toHaveLength(1);
  await alert(404);
  expect(await mails()).toHaveLength(2);
});

it('shows notices among the deliveries, and no secret or address in them', async () => {
  for (let n = 0; n < 3; n++) await alert(404);
  const notice = (await deliveriesOf(app, account)).find(({ kind }) => kind === 'notice');
  expect(notice).toMatchObject({ lane: 'email', state: 'delivered', alertId: null, destinationId });
  const [mail] = await mails();
  expect(mail.text + mail.html).not.toContain(path);
});
