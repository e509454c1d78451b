import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const cap = 3;

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let entity: string;
let events = 0;

beforeAll(async () => {
  app = await startApp({ ALERTS_PER_MINUTE: String(cap), LOG_LEVEL: 'error' });
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
beforeEach(async () => {
  // Storms of other tests are over.
  app.clock.advance(3_600);
  account = await app.createAccount();
  entity = `storm-${account.id}`;
  const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
  const webhook = await webhookTo(app, account, receiver.url(`/hook-${account.id}`));
  await watch(app, account, [['entity', entity]], { destinationIds: [body.items[0].id, webhook.id] });
});

/** So many alerts, each of a revision of its own. */
const alerts = async (count: number, severity: 'low' | 'medium' | 'high' = 'medium') => {
  for (let n = 0; n < count; n++) {
    const id = `${entity}-${++events}`;
    await app.postEvents([provisionEvent({ entity, document: id, provision: id, after: side(severity) })]);
  }
  await app.work();
};
const mails = async () => {
  const { body } = await app.call('GET', '/sandbox/mailbox.json', {});
  return body.filter(({ to }: { to: string[] }) => to.some((address) => address.includes(account.email)));
};

it('sends as many alerts as the cap, and what is over as one summary a minute later', async () => {
  await alerts(cap);
  await alerts(13);
  expect(await mails()).toHaveLength(cap);
  app.clock.advance(61);
  await app.work();
  const [summary, ...others] = await mails();
  expect(others).toHaveLength(cap);
  expect(summary.subject).toBe('13 alerts in one mail');
  expect(summary.text.match(/New, rated|\/alerts\//g)).toHaveLength(10);
  expect(summary.text).toContain('and 3 more');
  expect(summary.headers['list-unsubscribe']).toContain('/unsubscribe/');
});

it('keeps every alert in the inbox, and says of each delivery why it was not sent', async () => {
  await alerts(cap);
  await alerts(2);
  expect(await alertsOf(app, account)).toHaveLength(cap + 2);
  const cancelled = (await deliveriesOf(app, account)).filter(({ state }) => state === 'cancelled');
  expect(cancelled.map(({ reason, lane }) => [lane, reason])).toEqual(
    Array.from({ length: 2 }, () => ['email', 'more than 3 alerts within a minute: told in one summary']),
  );
});

it('gives programs each alert', async () => {
  await alerts(cap + 4);
  const path = `/hook-${account.id}`;
  expect(receiver.requests.filter((request) => request.path === path)).toHaveLength(cap + 4);
});

it('names the gravest first', async () => {
  await alerts(cap);
  await alerts(11, 'low');
  await alerts(1, 'high');
  app.clock.advance(61);
  await app.work();
  const [summary] = await mails();
  const lines = summary.text.split('\n').filter((line: string) => line.includes(' ▲'));
  expect(lines).toHaveLength(10);
  expect(lines[0]).toContain('High ▲');
  expect(lines[1]).toContain('Low ▲');
});

it('is over with its summary: later alerts are sent one by one, a later storm has a summary of its own', async () => {
  await alerts(cap);
  await alerts(2);
  app.clock.advance(61);
  await app.work();
  expect(await mails()).toHaveLength(cap + 1);
  await alerts(1);
  expect(await mails()).toHaveLength(cap + 2);
  await alerts(cap);
  await alerts(1);
  app.clock.advance(61);
  await app.work();
  const subjects = (await mails()).map(({ subject }: { subject: string }) => subject);
  expect(subjects.filter((subject: string) => subject.endsWith('alerts in one mail'))).toHaveLength(2);
});

it('is one of the account: others hear of the same revisions one by one', async () => {
  await alerts(cap);
  const other = await app.createAccount();
  await watch(app, other, [['entity', entity]], {
    destinationIds: [(await app.call('GET', '/v1/destinations', { token: other.token })).body.items[0].id],
  });
  await alerts(2);
  const states = (await deliveriesOf(app, other)).map(({ state }) => state);
  expect(states).toEqual(['delivered', 'delivered']);
});
