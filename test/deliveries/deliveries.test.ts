import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { OutcomeRecorder } from '../../src/deliveries/outcome-recorder.js';
import { findLeased, leaseDue, recordEndings, type Ending } from '../../src/deliveries/delivery.store.js';
import { Sender } from '../../src/deliveries/sender.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let destination: { id: string; secret: string };

beforeAll(async () => {
  app = await startApp({ RETRY_SCHEDULE_S: '10,100,1000' });
});
afterAll(async () => app.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  account = await app.createAccount();
  destination = await webhookTo(app, account, receiver.url('/hook'));
});
afterEach(async () => receiver.close());

let entities = 0;
/** One alert on its way to the destination. */
const alertOnItsWay = async (count = 1) => {
  const entity = `delivered-${++entities}`;
  await watch(app, account, [['entity', entity]], { destinationIds: [destination.id] });
  for (let n = 0; n < count; n++)
    await app.postEvents([provisionEvent({ entity, after: side('high', `wording ${n}`) })]);
};
const only = async () => (await deliveriesOf(app, account))[0];

describe('a delivery', () => {
  it('arrives once, signed, and is logged', async () => {
    await alertOnItsWay();
    await app.work();
    await app.work();
    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests;
    const body = new Webhook(destination.secret).verify(
      request?.body.toString() ?? '',
      request?.headers as Record<string, string>,
    );
    expect(body).toMatchObject({
      type: 'alert.created',
      data: { changes: [{ delta: { kind: 'introduced', after: 'high' } }] },
    });
    expect(await only()).toMatchObject({
      state: 'delivered',
      reason: null,
      dueAt: null,
      deliveredAt: expect.any(String),
      attempts: [{ outcome: 'delivered', status: 204, ms: expect.any(Number) }],
    });
  });

  it('is tried again by the schedule with the same id, and is dead when it ends', async () => {
    receiver.script('/hook', { status: 500, body: 'out of order' });
    await alertOnItsWay();
    for (const [seconds, requests] of [
      [0, 1],
      [7, 1],
      [6, 2],
      [70, 2],
      [60, 3],
      [700, 3],
      [600, 4],
      [100_000, 4],
    ] as const) {
      app.clock.advance(seconds);
      await app.work();
      expect(receiver.requests).toHaveLength(requests);
    }
    expect(new Set(receiver.requests.map((request) => request.headers['webhook-id'])).size).toBe(1);
    const delivery = await only();
    expect(delivery).toMatchObject({ state: 'dead', reason: expect.any(String) });
    expect(delivery.attempts).toHaveLength(4);
    expect(delivery.attempts[0]).toMatchObject({ outcome: 'retry', status: 500, excerpt: 'out of order' });
  });

  it('waits as long as Retry-After asks', async () => {
    receiver.script('/hook', { status: 429, headers: { 'retry-after': '500' } }, { status: 200 });
    await alertOnItsWay();
    await app.work();
    app.clock.advance(499);
    await app.work();
    expect(receiver.requests).toHaveLength(1);
    app.clock.advance(2);
    await app.work();
    expect(receiver.requests).toHaveLength(2);
    expect(await only()).toMatchObject({ state: 'delivered' });
  });

  it('stops and disables the destination on 410; what comes then can be recovered once it is enabled', async () => {
    receiver.script('/hook', { status: 410 });
    await alertOnItsWay();
    const since = app.clock.now().toISOString();
    await app.work();
    expect(await only()).toMatchObject({ state: 'dead' });
    const gone = await app.call('GET', `/v1/destinations/${destination.id}`, { token: account.token });
    expect(gone.body).toMatchObject({ status: 'disabled', reason: expect.any(String) });
    await alertOnItsWay();
    await app.work();
    expect(receiver.requests).toHaveLength(1);
    expect(await only()).toMatchObject({ state: 'cancelled', reason: expect.stringContaining('disabled') });
    await app.call('POST', `/v1/destinations/${destination.id}/enable`, { token: account.token });
    const recovered = await app.call('POST', `/v1/destinations/${destination.id}/recover`, {
      token: account.token,
      body: { since },
    });
    expect(recovered.body).toEqual({ recovered: 2 });
    await app.work();
    expect(receiver.requests).toHaveLength(3);
  });

  it('is sent again by hand with the same id, once it has ended', async () => {
    await alertOnItsWay();
    await app.work();
    const { id } = await only();
    const replay = async () => app.call('POST', `/v1/deliveries/${id}/replay`, { token: account.token });
    expect((await replay()).status).toBe(202);
    expect((await replay()).status).toBe(409);
    await app.work();
    expect(receiver.requests).toHaveLength(2);
    expect(receiver.requests[0]?.headers['webhook-id']).toBe(receiver.requests[1]?.headers['webhook-id']);
    expect(await only()).toMatchObject({ state: 'delivered', attempts: [{}, {}] });
  });

  it('is counted in the metrics', async () => {
    await alertOnItsWay();
    await app.work();
    const { text } = await app.call('GET', '/metrics');
    expect(text).toMatch(/^tocsin_deliveries_total\{lane="webhook",state="delivered"\} [1-9]/m);
    expect(text).toMatch(/^tocsin_attempt_seconds_count\{lane="webhook"\} [1-9]/m);
    expect(text).toMatch(/^tocsin_deliveries_due\{lane="email"\} 0$/m);
    expect(text).toMatch(/^tocsin_oldest_due_seconds\{lane="email"\} 0$/m);
  });

  it('carries a test to the destination', async () => {
    const test = await app.call('POST', `/v1/destinations/${destination.id}/test`, { token: account.token });
    expect(test.status).toBe(202);
    await app.work();
    expect(JSON.parse(receiver.requests[0]?.body.toString() ?? '')).toMatchObject({ type: 'endpoint.test' });
  });
});

describe('the lease', () => {
  const lease = async (claim: string, now = app.clock.now()) =>
    leaseDue(app.database, { lane: 'webhook', now, limit: 10, claim, leaseMs: 60_000 });
  const claims = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
  const ending = (id: string, claim: string): Ending => ({
    id: id as Ending['id'],
    claim,
    state: 'delivered',
    dueAt: null,
    reason: null,
    at: app.clock.now(),
    endedAt: app.clock.now(),
    outcome: 'delivered',
    status: 200,
    ms: 1,
    excerpt: null,
    disable: null,
  });
  const fanOutOnly = async () => {
    const { FanOut } = await import('../../src/alerts/fan-out.js');
    await app.app.get(FanOut).run(new AbortController().signal);
  };

  it('gives a delivery to one worker at a time', async () => {
    await alertOnItsWay(6);
    await fanOutOnly();
    const [first, second] = await Promise.all(claims.map(async (claim) => lease(claim)));
    expect([...(first ?? []), ...(second ?? [])]).toHaveLength(6);
    expect(new Set([...(first ?? []), ...(second ?? [])]).size).toBe(6);
    expect(await lease(claims[0])).toEqual([]);
    app.clock.advance(61);
    await app.work();
  });

  it('is taken over when it ran out, and its late holder can record nothing', async () => {
    await alertOnItsWay();
    await fanOutOnly();
    const [id] = await lease(claims[0]);
    expect(id).toBeDefined();
    app.clock.advance(61);
    expect(await lease(claims[1])).toEqual([id]);
    const record = async (claim: string) =>
      app.database.transaction(async (tx) => recordEndings(tx, [ending(id ?? '', claim)]));
    expect((await record(claims[0])).size).toBe(0);
    expect(await only()).toMatchObject({ state: 'leased', attempts: [] });
    expect((await record(claims[1])).size).toBe(1);
    expect((await record(claims[1])).size).toBe(0);
    expect(await only()).toMatchObject({ state: 'delivered', attempts: [{ outcome: 'delivered' }] });
  });

  it('sends what a killed worker left, by the same id', async () => {
    await alertOnItsWay();
    await fanOutOnly();
    const [id] = await lease(claims[0]);
    const [leased] = await findLeased(app.database, id ? [id] : []);
    if (!leased) throw new Error('nothing was leased');
    // Sent, and killed before it was recorded.
    await app.app.get(Sender).attempt(leased, claims[0], new AbortController().signal);
    app.clock.advance(61);
    await app.work();
    expect(receiver.requests).toHaveLength(2);
    expect(receiver.requests[0]?.headers['webhook-id']).toBe(receiver.requests[1]?.headers['webhook-id']);
    expect(await only()).toMatchObject({ state: 'delivered', attempts: [{}] });
  });

  it('gives up a delivery that is begun again and again and never ends', async () => {
    await alertOnItsWay();
    await fanOutOnly();
    for (let n = 0; n < 8; n++) {
      expect(await lease(claims[0])).toHaveLength(1);
      app.clock.advance(61);
    }
    await app.work();
    expect(receiver.requests).toHaveLength(0);
    expect(await only()).toMatchObject({
      state: 'dead',
      reason: expect.stringContaining('cut off'),
      attempts: [],
    });
  });

  it('records many endings with one statement', async () => {
    await alertOnItsWay(8);
    await fanOutOnly();
    const ids = await lease(claims[0]);
    const recorder = new OutcomeRecorder(app.database);
    expect(await Promise.all(ids.map(async (id) => recorder.record(ending(id, claims[0]))))).toEqual(
      ids.map(() => true),
    );
    const [row] = await app.database.query<{ count: number }>(
      `select count(*)::integer as count from delivery_attempt where delivery_id = any($1)`,
      [ids],
    );
    expect(row?.count).toBe(8);
  });
});
