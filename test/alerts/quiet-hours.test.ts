import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { moveTo, netOf, settle, takeDigests, type TakenDigest } from '../support/digest-desk.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let digests: TakenDigest[];
let account: TestAccount;
let entity: string;
let midnight = Date.UTC(2026, 11, 1);

beforeAll(async () => {
  app = await startApp({ LOG_LEVEL: 'error' });
  receiver = await startWebhookReceiver();
  digests = takeDigests(app);
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
beforeEach(async () => {
  // Another night for each test, 23:00 UTC.
  at(23);
  digests.length = 0;
  account = await app.createAccount();
  entity = `quiet-${account.id}`;
});
afterEach(async () => {
  await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
  midnight += 5 * 86_400_000;
});

/** Hours after the midnight that the test's first day begins with. */
const at = (hours: number) => moveTo(app, new Date(midnight + hours * 3_600_000).toISOString());
const night = { from: '22:00', to: '07:00' };
const change = async (provision: string, after: ReturnType<typeof side>) => {
  await app.postEvents([provisionEvent({ entity, provision: `${entity}-${provision}`, after })]);
  await app.work();
};
const states = async () =>
  (await deliveriesOf(app, account)).map(({ kind, state, reason }) => [kind, state, reason]);
const hook = async () => {
  const webhook = await webhookTo(app, account, receiver.url(`/quiet-${account.id}`));
  await watch(app, account, [['entity', entity]], { destinationIds: [webhook.id] });
  return () => receiver.requests.filter(({ path }) => path === `/quiet-${account.id}`).length;
};

it('holds what people read, and tells it as one bundle when they end', async () => {
  await settle(app, account, { quietHours: night });
  await watch(app, account, [['entity', entity]]);
  await change('a', side('low'));
  await change('b', side('high'));
  expect(await states()).toEqual([
    ['alert', 'cancelled', 'quiet hours: told when they end'],
    ['digest', 'due', null],
    ['alert', 'cancelled', 'quiet hours: told when they end'],
  ]);
  at(24 + 6.9);
  await app.work();
  expect(digests).toEqual([]);
  at(24 + 7);
  await app.work();
  expect(digests).toMatchObject([{ occasion: 'quiet-hours', total: 2, coverage: null }]);
  expect(netOf(digests[0]).map(([provision]) => provision)).toEqual([`${entity}-b`, `${entity}-a`]);
  expect(digests[0]?.until).toBe(new Date(midnight + 31 * 3_600_000).toISOString());
  await app.work();
  expect(digests).toHaveLength(1);
});

it('sends a single alert that was held as itself', async () => {
  await settle(app, account, { quietHours: night });
  await watch(app, account, [['entity', entity]]);
  await change('a', side('low'));
  at(24 + 7.1);
  await app.work();
  await app.work();
  expect(digests).toEqual([]);
  expect(await states()).toEqual([
    ['digest', 'cancelled', 'quiet hours held one alert: sent by itself'],
    ['alert', 'delivered', null],
  ]);
});

it('lets through what is high before or after, where that breaks through', async () => {
  await settle(app, account, { quietHours: { ...night, breakThrough: 'high' } });
  await watch(app, account, [['entity', entity]]);
  await change('a', side('high'));
  await change('b', side('low'));
  await change('a', side('low', 'Eased.'));
  expect((await states()).filter(([kind]) => kind === 'alert').map(([, state]) => state)).toEqual([
    'delivered',
    'cancelled',
    'delivered',
  ]);
});

it('gives programs each alert when they end', async () => {
  await settle(app, account, { quietHours: night });
  const requests = await hook();
  await change('a', side('low'));
  await change('b', side('low'));
  expect(requests()).toBe(0);
  expect(await states()).toEqual(
    Array.from({ length: 2 }, () => ['alert', 'due', 'quiet hours: it goes out when they end']),
  );
  at(24 + 7);
  await app.work();
  expect(requests()).toBe(2);
  expect(digests).toEqual([]);
});

it('puts off a digest that falls due in them', async () => {
  await settle(app, account, { quietHours: night });
  await watch(app, account, [['entity', entity]], { cadence: { mode: 'daily', at: '03:00' } });
  await change('a', side('low'));
  at(24 + 3.1);
  await app.work();
  expect(digests).toEqual([]);
  // What comes after its window is not gathered into it, though it waits.
  await change('b', side('low'));
  at(24 + 7);
  await app.work();
  expect(digests).toMatchObject([{ occasion: 'daily', total: 1 }]);
});

it('sends tests at any time', async () => {
  await settle(app, account, { quietHours: night });
  const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
  await app.call('POST', `/v1/destinations/${body.items[0].id}/test`, { token: account.token });
  await app.work();
  expect((await states()).map(([kind, state]) => [kind, state])).toEqual([['test', 'delivered']]);
});

it('lets go of what it held as soon as it is over by decision', async () => {
  await settle(app, account, { quietHours: night });
  await watch(app, account, [['entity', entity]]);
  const requests = await hook();
  await change('a', side('low'));
  await change('b', side('low'));
  await settle(app, account, { quietHours: null });
  await app.work();
  expect(digests).toMatchObject([{ total: 2 }]);
  expect(requests()).toBe(2);
});

it('holds longer when it is made longer, or the reader moves west', async () => {
  await settle(app, account, { quietHours: night });
  await watch(app, account, [['entity', entity]]);
  const requests = await hook();
  await change('a', side('low'));
  await change('b', side('low'));
  await settle(app, account, { quietHours: { from: '22:00', to: '09:00' } });
  at(24 + 8);
  await app.work();
  expect([digests.length, requests()]).toEqual([0, 0]);
  await settle(app, account, { timeZone: 'Atlantic/Azores' });
  at(24 + 9.5);
  await app.work();
  expect([digests.length, requests()]).toEqual([0, 0]);
  at(24 + 10.1);
  await app.work();
  expect([digests.length, requests()]).toEqual([1, 2]);
});

it('leaves out of the bundle what its reader mutes meanwhile', async () => {
  await settle(app, account, { quietHours: night });
  await watch(app, account, [['entity', entity]]);
  await change('a', side('low'));
  await change('b', side('low'));
  await app.call('PUT', `/v1/mutes/provision/${entity}-a`, { token: account.token });
  at(24 + 7.1);
  await app.work();
  expect(netOf(digests[0]).map(([provision]) => provision)).toEqual([`${entity}-b`]);
});

it('can be replayed by itself when an alert of it is asked for', async () => {
  await settle(app, account, { quietHours: night });
  await watch(app, account, [['entity', entity]]);
  await change('a', side('low'));
  await change('b', side('low'));
  at(24 + 7.1);
  await app.work();
  const alert = (await deliveriesOf(app, account)).find(({ kind }) => kind === 'alert');
  await app.call('POST', `/v1/deliveries/${alert.id}/replay`, { token: account.token });
  await app.work();
  expect((await deliveriesOf(app, account)).find(({ id }) => id === alert.id).state).toBe('delivered');
});
