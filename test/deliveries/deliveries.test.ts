import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { FanOut } from '../../src/alerts/fan-out.js';
import { readParcels } from '../../src/deliveries/leased-delivery.store.js';
import { claimParcels } from '../../src/deliveries/parcel.store.js';
import { Sender } from '../../src/deliveries/sender.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { makeDue } from '../support/due-deliveries.js';
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
/** The delivery of the newest alert. */
const only = async () => (await deliveriesOf(app, account)).find(({ kind }) => kind === 'alert');

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

describe('a worker that is killed', () => {
  const fanOutOnly = async () => app.app.get(FanOut).run(new AbortController().signal);
  const claimAndDie = async () => {
    const claim = randomUUID();
    const wanted = { lane: 'webhook', bulk: false, now: app.clock.now(), limit: 10, claim, leaseMs: 60_000 };
    const leases = await claimParcels(app.database, wanted);
    app.clock.advance(61);
    return leases.map(({ id, firstId, lastId }) => ({ id, afterId: String(BigInt(firstId) - 1n), lastId }));
  };

  it('leaves what it sent to be sent again, by the same id', async () => {
    await alertOnItsWay();
    await fanOutOnly();
    const [delivery] = await readParcels(app.database, await claimAndDie(), 10, app.clock.now());
    // Sent, and killed before it was recorded.
    await app.app.get(Sender).attempt(delivery!, new AbortController().signal);
    await app.work();
    expect(receiver.requests).toHaveLength(2);
    expect(receiver.requests[0]?.headers['webhook-id']).toBe(receiver.requests[1]?.headers['webhook-id']);
    expect(receiver.requests[0]?.body).toEqual(receiver.requests[1]?.body);
    expect(await only()).toMatchObject({ state: 'delivered', attempts: [{}] });
  });

  it('is what a delivery is not given to for ever: begun six times and never ended, it waits as after a failed attempt', async () => {
    await alertOnItsWay();
    await fanOutOnly();
    for (let n = 0; n < 5; n++) expect(await claimAndDie()).toHaveLength(1);
    await app.work();
    expect(receiver.requests).toHaveLength(0);
    const delivery = await only();
    const reason = 'each worker that took it up ended before the attempt did';
    expect(delivery).toMatchObject({ state: 'due', attempts: [{ outcome: 'retry', status: null, reason }] });
    expect(Date.parse(delivery.dueAt)).toBeGreaterThan(app.clock.now().getTime());
  });
});

describe('the log', () => {
  const list = async (query = '') =>
    (await app.call('GET', `/v1/deliveries?${query}`, { token: account.token })).body.items as any[];
  const claim = async () => {
    const wanted = { now: app.clock.now(), limit: 1, claim: randomUUID(), leaseMs: 60_000 };
    return claimParcels(app.database, { lane: 'webhook', bulk: false, ...wanted });
  };

  it('shows as leased what lies in a parcel that somebody holds, and finds each state exactly', async () => {
    const of = { accountId: account.id, destinationId: destination.id };
    const leased = await makeDue(app, 2, { ...of, inOneRange: true });
    await claim();
    const due = await makeDue(app, 2, of);
    const ended = new Map<string, string>();
    for (const state of ['delivered', 'dead', 'cancelled']) {
      const [id] = await makeDue(app, 1, of);
      await app.database.execute(`update delivery set state = $2, parcel_id = null where id = $1`, [
        id,
        state,
      ]);
      ended.set(state, id!);
    }
    const ids = async (query: string) => (await list(query)).map(({ id }) => id as string);
    expect(await ids('state=leased')).toEqual(leased.toReversed());
    expect(await ids('state=due')).toEqual(due.toReversed());
    for (const [state, id] of ended) expect(await ids(`state=${state}`)).toEqual([id]);
    const all = await list();
    expect(all.map(({ state }) => state)).toEqual([
      'cancelled',
      'dead',
      'delivered',
      'due',
      'due',
      'leased',
      'leased',
    ]);
    const waits = (state: string) => state === 'due' || state === 'leased';
    expect(all.filter(({ dueAt }) => dueAt !== null)).toEqual(all.filter(({ state }) => waits(state)));
    const one = await app.call('GET', `/v1/deliveries/${leased[0]}`, { token: account.token });
    expect(one.body).toEqual(all.at(-1));
    await app.database.execute('delete from parcel');
  });

  it('shows what failed before what arrived, with what each was answered', async () => {
    receiver.script(
      '/hook',
      { status: 500, body: 'not now' },
      { status: 429 },
      { status: 201, body: 'thanks' },
    );
    await alertOnItsWay();
    for (const seconds of [0, 15, 150]) {
      app.clock.advance(seconds);
      await app.work();
    }
    const { attempts, ...delivery } = await only();
    expect(delivery).toMatchObject({ state: 'delivered', reason: null, dueAt: null });
    expect(attempts).toMatchObject([
      { outcome: 'retry', status: 500, excerpt: 'not now', reason: expect.any(String) },
      { outcome: 'retry', status: 429, reason: expect.any(String) },
      { outcome: 'delivered', status: 201, excerpt: 'thanks', reason: null, ms: expect.any(Number) },
    ]);
    const times = attempts.map(({ at }: { at: string }) => at);
    expect(times).toEqual(times.toSorted());
    expect(Object.keys(delivery).toSorted()).toEqual([
      'alertId',
      'createdAt',
      'deliveredAt',
      'destinationId',
      'dueAt',
      'id',
      'kind',
      'lane',
      'reason',
      'state',
    ]);
  });

  it('keeps why a delivery was cancelled', async () => {
    await app.call('PATCH', `/v1/destinations/${destination.id}`, {
      token: account.token,
      body: { status: 'paused' },
    });
    await alertOnItsWay();
    await app.work();
    expect(await list('state=cancelled')).toMatchObject([
      { reason: 'the destination was paused', attempts: [], dueAt: null },
    ]);
  });
});
