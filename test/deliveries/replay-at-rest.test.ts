import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
beforeAll(async () => {
  app = await startApp();
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});

it('leaves what was delivered as it is while its destination is paused, so that nothing of it is recovered', async () => {
  const account = await app.createAccount();
  const call = async (method: string, path: string, body?: unknown) =>
    app.call(method, `/v1${path}`, { token: account.token, body });
  const { id } = await webhookTo(app, account, receiver.url());
  await watch(app, account, [['entity', 'rest']], { destinationIds: [id] });
  await app.postEvents([provisionEvent({ entity: 'rest', after: side('high') })]);
  await app.work();
  const [delivered] = await deliveriesOf(app, account);
  expect(delivered.state).toBe('delivered');

  await call('PATCH', `/destinations/${id}`, { status: 'paused' });
  const refused = await call('POST', `/deliveries/${delivered.id}/replay`);
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('enable it first')]);
  await app.work();
  expect(await deliveriesOf(app, account)).toEqual([delivered]);

  await call('POST', `/destinations/${id}/enable`);
  const recovered = await call('POST', `/destinations/${id}/recover`, { since: '2020-01-01T00:00:00Z' });
  expect(recovered.body).toEqual({ recovered: 0 });
  expect(receiver.requests).toHaveLength(1);
});
