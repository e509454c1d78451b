import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent } from '../support/events.js';
import { deliveriesOf, watch } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  account = await app.createAccount();
});
afterEach(async () => receiver.close());

const call = async (method: string, path: string, body?: unknown) =>
  app.call(method, path, { token: account.token, body });

/** Makes a destination that has chosen these types, and one alert for it. @returns its id */
async function alerted(types: string[] | undefined): Promise<string> {
  const settings = { url: receiver.url(), ...(types && { types }) };
  const { body } = await call('POST', '/v1/destinations', { kind: 'webhook', settings });
  expect(body.settings).toEqual(settings);
  const entity = `chosen-${account.id}`;
  await watch(app, account, [['entity', entity]], { destinationIds: [body.id] });
  await app.postEvents([provisionEvent({ entity })]);
  await app.work();
  return body.id;
}

it.each([[undefined], [['alert.created']], [['digest.created', 'alert.created']]])(
  'sends alerts to who has chosen %j',
  async (types) => {
    await alerted(types);
    expect(receiver.requests).toHaveLength(1);
  },
);

it('cancels an alert that was not chosen, says why, and sends it once it is chosen', async () => {
  const id = await alerted(['alert.reverted', 'digest.created']);
  expect(receiver.requests).toHaveLength(0);
  const [delivery] = await deliveriesOf(app, account);
  expect(delivery).toMatchObject({
    state: 'cancelled',
    reason: 'the destination has not chosen alert.created',
    attempts: [],
  });
  await call('PATCH', `/v1/destinations/${id}`, { settings: { url: receiver.url() } });
  await call('POST', `/v1/deliveries/${delivery.id}/replay`);
  await app.work();
  expect(receiver.requests).toHaveLength(1);
});

it('recovers nothing that was never chosen', async () => {
  const id = await alerted(['alert.reverted']);
  const since = { since: '2020-01-01T00:00:00Z' };
  expect((await call('POST', `/v1/destinations/${id}/recover`, since)).body).toEqual({ recovered: 0 });
});

it('sends a test whatever is chosen', async () => {
  const id = await alerted(['digest.created']);
  await call('POST', `/v1/destinations/${id}/test`);
  await app.work();
  expect(receiver.requests.map(({ body }) => JSON.parse(body.toString()).type)).toEqual(['endpoint.test']);
});

it.each([[[]], [['alert.removed']], [['alert.created', 'alert.created']], ['alert.created']])(
  'refuses types that are %j',
  async (types) => {
    const settings = { url: receiver.url(), types };
    const { status, body } = await call('POST', '/v1/destinations', { kind: 'webhook', settings });
    expect(status).toBe(422);
    expect(body.errors[0].path).toMatch(/^settings\.types/);
  },
);
