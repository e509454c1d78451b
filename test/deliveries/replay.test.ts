import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryQueue } from '../../src/deliveries/delivery-queue.js';
import type { AccountId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { loggedOf, parcelsOf, rowsOf } from '../support/due-deliveries.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let hooks: { id: string }[];
let entities = 0;

beforeAll(async () => {
  app = await startApp({ WEBHOOK_PER_S: '0' });
});
afterAll(async () => app.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  account = await app.createAccount();
  hooks = [];
  for (const path of ['/a', '/b']) hooks.push(await webhookTo(app, account, receiver.url(path)));
  const destinationIds = hooks.map(({ id }) => id);
  await watch(app, account, [['entity', `again-${++entities}`]], { destinationIds });
});
afterEach(async () => receiver.close());

/** One alert after the other, each to both webhooks and a minute after the one before. @returns their ids */
const alerts = async (count: number) => {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    app.clock.advance(60);
    const after = side('high', `wording ${n}`);
    await app.postEvents([provisionEvent({ entity: `again-${entities}`, after })]);
    await app.work();
    ids.push((await deliveriesOf(app, account))[0].alertId);
  }
  return ids;
};
const all = async () => (await deliveriesOf(app, account)).toReversed();
/** As if they had ended so. */
const end = async (state: 'dead' | 'cancelled', which: readonly { id: string }[]) =>
  app.database.execute(
    `update delivery set state = $2, reason = 'because', delivered_at = null, attempted_at = null, status = null, ms = null,
       excerpt = null, parcel_id = null, died_at = case when $2 = 'dead' then created_at end where id = any ($1)`,
    [which.map(({ id }) => id), state],
  );
const replay = async (body: unknown, { token } = account) =>
  app.call('POST', '/v1/deliveries/replay', { token, body });
/** What counts as given up. */
const dead = async () =>
  app.database.query(`select id from delivery where account_id = $1 and died_at is not null`, [account.id]);
const states = async () => (await all()).map(({ state }) => state as string);
const sorted = (...some: { id: string }[]) => some.map(({ id }): string => id).toSorted();
const sent = () => receiver.requests.map(({ headers }) => String(headers['webhook-id']).replace('msg_', ''));

describe('replaying one delivery', () => {
  const one = async (id: string, who = account) =>
    app.call('POST', `/v1/deliveries/${id}/replay`, { token: who.token });

  it('makes it due again by its old id and from the first try, and refuses while it is on its way', async () => {
    await alerts(1);
    const [delivery] = await all();
    expect(await one(delivery.id)).toMatchObject({
      status: 202,
      body: { id: delivery.id, state: 'due', deliveredAt: null, attempts: delivery.attempts },
    });
    expect((await one(delivery.id)).status).toBe(409);
    await app.database.execute(`update parcel set claim_id = gen_random_uuid()`);
    expect((await one(delivery.id)).status).toBe(409);
    await app.database.execute(`update parcel set claim_id = null`);
    await app.work();
    expect(sent().filter((id) => id === delivery.id)).toHaveLength(2);
    expect((await all())[0]).toMatchObject({ state: 'delivered', attempts: [{}, {}] });
    expect(await loggedOf(app, delivery.id)).toEqual([{ outcome: 'delivered', status: 204 }]);
  });

  it('makes it due once when it is asked for many times at once', async () => {
    await alerts(1);
    const [delivery] = await all();
    const { id } = delivery;
    await end('dead', [delivery]);
    const answers = await Promise.all(Array.from({ length: 8 }, async () => one(id)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(await parcelsOf(app, 'webhook')).toHaveLength(1);
    await app.work();
    expect(sent().filter((other) => other === id)).toHaveLength(2);
    expect(await dead()).toEqual([]);
  });

  it("replays none of somebody else's", async () => {
    await alerts(1);
    const [{ id }] = await all();
    const other = await app.createAccount();
    const before = await rowsOf(app, [id]);
    expect((await one(id, other)).status).toBe(404);
    expect(await app.app.get(DeliveryQueue).replay(other.id as AccountId, id)).toBe('not ended');
    expect(await rowsOf(app, [id])).toEqual(before);
  });
});

describe('replaying many', () => {
  it.each([
    {},
    { includeDelivered: true },
    { since: 'yesterday' },
    { until: '2026-01-01' },
    { alert: 'x' },
    { destination: '0' },
    { alert: '1', includeDelivered: 'yes' },
    { alert: '1', all: true },
    { since: '2026-02-01T00:00:00Z', until: '2026-02-01T01:00:00+01:00' },
  ])('refuses %j', async (body) => {
    expect((await replay(body)).status).toBe(422);
  });

  it('sends what was not delivered, by its old ids, and nothing that was', async () => {
    const [first] = await alerts(2);
    const [a, b, c, d] = await all();
    await end('dead', [a, c]);
    await end('cancelled', [d]);
    const before = sent();
    expect((await replay({ since: a.createdAt })).body).toEqual({ replayed: 3, skipped: 0 });
    expect(await states()).toEqual(['due', 'delivered', 'due', 'due']);
    expect((await replay({ since: a.createdAt })).body).toEqual({ replayed: 0, skipped: 0 });
    await app.work();
    expect(sent().slice(before.length).toSorted()).toEqual(sorted(a, c, d));
    expect(await states()).toEqual(Array(4).fill('delivered'));
    expect(await dead()).toEqual([]);
    expect((await replay({ alert: first, destination: b.destinationId })).body).toEqual({
      replayed: 0,
      skipped: 0,
    });
  });

  it('goes by alert, destination and time, and by all that are given', async () => {
    const [first, second, third] = await alerts(3);
    const before = await all();
    const times = [0, 2, 4].map((n) => before[n].createdAt as string);
    const replayed = async (filter: unknown) => {
      await end('dead', before);
      await app.database.execute('delete from parcel');
      const { status, body } = await replay(filter);
      expect(status).toBe(202);
      const due = (await all()).filter(({ state }) => state === 'due');
      expect(body).toEqual({ replayed: due.length, skipped: 0 });
      await app.database.execute(`update delivery set parcel_id = null, state = 'dead' where state = 'due'`);
      return due.map(({ id }) => before.findIndex((one) => one.id === id));
    };
    const [hook] = hooks;
    const ofHook = before.flatMap(({ destinationId }, n) => (destinationId === hook!.id ? [n] : []));
    expect(await replayed({ alert: second })).toEqual([2, 3]);
    expect(await replayed({ destination: hook!.id })).toEqual(ofHook);
    expect(await replayed({ alert: third, destination: hook!.id })).toEqual([ofHook[2]]);
    expect(await replayed({ since: times[1] })).toEqual([2, 3, 4, 5]);
    expect(await replayed({ until: times[1] })).toEqual([0, 1]);
    expect(await replayed({ since: times[1], until: times[2] })).toEqual([2, 3]);
    expect(await replayed({ since: times[1], destination: hook!.id })).toEqual(ofHook.slice(1));
    expect(await replayed({ alert: first, since: times[1] })).toEqual([]);
    expect(await replayed({ alert: '999999' })).toEqual([]);
  });

  it('sends what arrived once more when that is asked for, and keeps how it had arrived', async () => {
    const [alert] = await alerts(1);
    const before = await all();
    expect((await replay({ alert, includeDelivered: true })).body).toEqual({ replayed: 2, skipped: 0 });
    const due = await all();
    expect(due).toMatchObject(
      before.map(({ id, attempts }) => ({ id, attempts, state: 'due', deliveredAt: null })),
    );
    await app.work();
    expect(sent().toSorted()).toEqual(sorted(...before, ...before));
    expect((await all()).map(({ attempts }) => attempts.length)).toEqual([2, 2]);
    for (const { id } of before)
      expect(await loggedOf(app, id)).toEqual([{ outcome: 'delivered', status: 204 }]);
  });

  it('never touches what is due or on its way', async () => {
    const [alert] = await alerts(1);
    const [a, b] = await all();
    await replay({ alert, includeDelivered: true });
    await app.database.execute(
      `update parcel set claim_id = gen_random_uuid() where id in (select parcel_id from delivery where id = $1)`,
      [b.id],
    );
    const before = [await rowsOf(app, [a.id, b.id]), await parcelsOf(app, 'webhook')];
    expect((await replay({ alert, includeDelivered: true })).body).toEqual({ replayed: 0, skipped: 0 });
    expect([await rowsOf(app, [a.id, b.id]), await parcelsOf(app, 'webhook')]).toEqual(before);
    await app.database.execute(`update parcel set claim_id = null`);
    await app.work();
  });

  it('sends each once when several ask for it at once', async () => {
    const [alert] = await alerts(1);
    const before = await all();
    await end('dead', before);
    const others = `select from delivery where id = ${before[0].id} for update`;
    const asking = await hold(app.database, others, async () => {
      const answers = Array.from({ length: 4 }, async () => replay({ alert }));
      await blocked(app.database, 4);
      return answers;
    });
    const bodies = (await Promise.all(asking)).map(({ body }) => body.replayed as number);
    expect(bodies.toSorted((one, other) => one - other)).toEqual([0, 0, 0, 2]);
    const parcels = await parcelsOf(app, 'webhook');
    expect(parcels).toHaveLength(1);
    await app.work();
    expect(sent()).toHaveLength(4);
  });

  it('leaves alone, and counts, what goes to a destination that is not at work', async () => {
    await alerts(1);
    const before = await all();
    await end('dead', before);
    const path = `/v1/destinations/${hooks[1]!.id}`;
    await app.call('PATCH', path, { token: account.token, body: { status: 'paused' } });
    expect((await replay({ since: before[0].createdAt })).body).toEqual({ replayed: 1, skipped: 1 });
    const left = (await all()).find(({ destinationId }) => destinationId === hooks[1]!.id);
    expect(left).toMatchObject({ state: 'dead', reason: 'because' });
    await app.work();
  });

  it('takes alerts alone: no test, and nothing of somebody else', async () => {
    const [alert] = await alerts(1);
    await app.call('POST', `/v1/destinations/${hooks[0]!.id}/test`, { token: account.token });
    await app.work();
    const before = await all();
    await end('dead', before);
    const other = await app.createAccount();
    const everything = { since: '2020-01-01T00:00:00Z', includeDelivered: true };
    for (const filter of [{ alert }, { destination: hooks[0]!.id }, everything]) {
      expect((await replay(filter, other)).body).toEqual({ replayed: 0, skipped: 0 });
    }
    expect(await states()).toEqual(['dead', 'dead', 'dead']);
    expect((await replay(everything)).body).toEqual({ replayed: 2, skipped: 0 });
    expect((await all()).filter(({ state }) => state === 'dead')).toMatchObject([{ kind: 'test' }]);
    await app.work();
  });

  it('leaves alone what was told in a summary, unless its alert is named or all is asked for', async () => {
    const [alert] = await alerts(2);
    const before = await all();
    const capped = before.slice(0, 2);
    const summedUp = async () => {
      await end('cancelled', capped);
      await app.database.execute(`update delivery set summary_id = 1 where id = any ($1)`, [
        capped.map(({ id }) => id),
      ]);
    };
    const since = before[0].createdAt;
    await summedUp();
    await end('dead', before.slice(2));
    expect((await replay({ since })).body).toEqual({ replayed: 2, skipped: 0 });
    await app.work();
    expect((await replay({ alert })).body).toEqual({ replayed: 2, skipped: 0 });
    await app.work();
    await summedUp();
    expect((await replay({ since, includeDelivered: true })).body).toEqual({ replayed: 4, skipped: 0 });
    await app.work();
  });

  it('sends a summary again that was lost, in place of what it tells', async () => {
    await alerts(1);
    const told = await all();
    const test = await app.call('POST', `/v1/destinations/${hooks[0]!.id}/test`, { token: account.token });
    const summary = test.body.deliveryId as string;
    await app.database.execute(`update delivery set kind = 'summary' where id = $1`, [summary]);
    await end('dead', [{ id: summary }]);
    await end('cancelled', told);
    await app.database.execute(`update delivery set summary_id = $2 where id = any ($1)`, [
      told.map(({ id }) => id),
      summary,
    ]);
    expect((await replay({ destination: hooks[0]!.id })).body).toEqual({ replayed: 1, skipped: 0 });
    const due = (await all()).filter(({ state }) => state === 'due');
    expect(due).toMatchObject([{ id: summary, kind: 'summary' }]);
    await app.database.execute('delete from parcel');
  });
});

describe('recovering', () => {
  it('sends again what the destination missed, by the same rules', async () => {
    await alerts(2);
    const before = await all();
    await end('dead', before.slice(0, 2));
    await end('cancelled', before.slice(2, 3));
    const missed = before.slice(0, 3).filter(({ destinationId }) => destinationId === hooks[0]!.id);
    const path = `/v1/destinations/${hooks[0]!.id}/recover`;
    const recover = async () =>
      (await app.call('POST', path, { token: account.token, body: { since: before[0].createdAt } })).body;
    const count = sent().length;
    expect(await recover()).toEqual({ recovered: missed.length });
    expect(await recover()).toEqual({ recovered: 0 });
    await app.work();
    expect(sent().slice(count).toSorted()).toEqual(sorted(...missed));
  });
});
