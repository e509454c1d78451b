import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let destination: { id: string; secret: string };

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  account = await app.createAccount();
  destination = await webhookTo(app, account, receiver.url('/hook?a=b'));
});
afterEach(async () => receiver.close());

let entities = 0;
/** An alert on its way to the destination. @returns its delivery */
async function alerted(options: Parameters<typeof provisionEvent>[0] = {}): Promise<string> {
  const entity = `shown-${++entities}`;
  await watch(app, account, [['entity', entity]], { destinationIds: [destination.id] });
  await app.postEvents([provisionEvent({ ...options, entity, after: side('high', 'Ünïcödé 🔔') })]);
  await app.work();
  return (await deliveriesOf(app, account)).find(({ kind }) => kind === 'alert').id;
}

async function requestOf(id: string, { token } = account) {
  return app.call('GET', `/v1/deliveries/${id}/request`, { token });
}

describe('the request of a delivery', () => {
  it('is what was sent, to the byte, but for the signature and its time', async () => {
    const { status, body } = await requestOf(await alerted());
    expect(status).toBe(200);
    const [sent] = receiver.requests;
    expect(body).toMatchObject({ method: 'POST', url: receiver.url('/hook?a=b') });
    expect(body.body).toBe(sent!.body.toString());
    expect(sent!.headers).toMatchObject(body.headers);
    expect(Object.keys(body.headers)).toEqual(['content-type', 'user-agent', 'webhook-id']);
    // The receiver could verify what was sent, and nobody what is shown.
    new Webhook(destination.secret).verify(sent!.body, sent!.headers as Record<string, string>);
    expect(JSON.stringify(body)).not.toContain(destination.secret);
    expect(JSON.stringify(body)).not.toMatch(/signature|webhook-timestamp/);
  });

  it('is there for one that failed, and for a test', async () => {
    receiver.script('/hook?a=b', { status: 410 });
    const dead = await alerted();
    const deliveries = await deliveriesOf(app, account);
    expect(deliveries.find(({ id }) => id === dead)).toMatchObject({ state: 'dead' });
    expect(JSON.parse((await requestOf(dead)).body.body)).toMatchObject({ type: 'alert.created' });

    await app.call('POST', `/v1/destinations/${destination.id}/enable`, { token: account.token });
    const made = await app.call('POST', `/v1/destinations/${destination.id}/test`, { token: account.token });
    // Not sent yet.
    const { body } = await requestOf(made.body.deliveryId);
    expect(JSON.parse(body.body)).toMatchObject({ type: 'endpoint.test' });
    expect(body.headers['webhook-id']).toBe(`msg_${made.body.deliveryId}`);
  });

  it('holds no more of the analysis than the tier does', async () => {
    const id = await alerted({ analysis: { summary: 'In short.', complianceMemo: 'memo-of-it' } });
    const shown = (await requestOf(id)).body.body;
    expect(shown).toContain('In short.');
    expect(shown).not.toContain('memo-of-it');
  });

  it('is nobody else’s to see, and not there for what makes none', async () => {
    const id = await alerted();
    const stranger = await app.createAccount();
    const unseen = await requestOf(id, stranger);
    expect(unseen.status).toBe(404);
    for (const unknown of ['999999999', '0', 'abc', '%00']) {
      expect(await requestOf(unknown)).toMatchObject({ status: 404, body: unseen.body });
    }

    await watch(app, account, [['entity', 'by-mail']]);
    await app.postEvents([provisionEvent({ entity: 'by-mail' })]);
    await app.work();
    const [mail] = await deliveriesOf(app, account);
    expect(mail).toMatchObject({ lane: 'email', state: 'delivered' });
    const none = await requestOf(mail.id);
    expect(none.status).toBe(404);
    expect(none.body.detail).toContain('by email makes no request');
  });
});
