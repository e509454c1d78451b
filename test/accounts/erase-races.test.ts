import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { DeliveryQueue } from '../../src/deliveries/delivery-queue.js';
import { noteHealth } from '../../src/deliveries/destination-health.js';
import { recordEndings } from '../../src/deliveries/ending.store.js';
import { claimParcels } from '../../src/deliveries/parcel.store.js';
import type { AccountId, DeliveryId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { endingOf, makeDue } from '../support/due-deliveries.js';
import { provisionEvent } from '../support/events.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from '../support/watching.js';

/** Where a fan-out waits that this test holds up, in the middle of its statement. */
const gate = 1;

let app: TestApp;
let account: TestAccount;
let other: TestAccount;
let destination: { id: DestinationId };
let entities = 0;

beforeAll(async () => {
  app = await startApp();
  await app.database.execute(
    `create function wait_at_gate() returns trigger language plpgsql as
     $$ begin perform pg_advisory_xact_lock_shared(${gate}); return new; end $$`,
  );
  await app.database.execute(
    `create trigger wait_at_gate before insert on delivery for each row execute function wait_at_gate()`,
  );
});
afterAll(async () => app.stop());
beforeEach(async () => {
  [account, other] = [await app.createAccount(), await app.createAccount()];
  destination = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
  const entity = `race-${++entities}`;
  const { items } = (await app.call('GET', '/v1/destinations', { token: account.token })).body;
  const destinationIds = items.map(({ id }: { id: string }) => id);
  await watch(app, account, [['entity', entity]], { destinationIds });
  await watch(app, other, [['entity', entity]]);
  await app.postEvents([provisionEvent({ entity })]);
});

const fanOut = async () => app.app.get(FanOut).run(new AbortController().signal);
const eraseAccount = async () =>
  app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
const removeDestination = async () =>
  app.call('DELETE', `/v1/destinations/${destination.id}`, { token: account.token });
const left = async () => {
  const [row] = await app.database.query<{ alerts: number; deliveries: number }>(
    `select (select count(*)::integer from alert where account_id = $1) as alerts,
       (select count(*)::integer from delivery where account_id = $1) as deliveries`,
    [account.id],
  );
  return row;
};

/** Has `erase` begin while a fan-out to the account is under way, which goes on once the other waits or is through. */
const duringFanOut = async (erase: () => Promise<{ status: number }>) => {
  const [fanningOut, erasing] = await hold(
    app.database,
    `select pg_advisory_xact_lock(${gate})`,
    async () => {
      const under = fanOut();
      await blocked(app.database, 1);
      const asked = erase();
      await Promise.race([blocked(app.database, 2), asked]);
      return [under, asked] as const;
    },
  );
  await fanningOut;
  expect((await erasing).status).toBe(204);
};

describe('a fan-out that is under way', () => {
  it('leaves no alert and no delivery of an account that is erased meanwhile', async () => {
    await duringFanOut(eraseAccount);
    expect(await left()).toEqual({ alerts: 0, deliveries: 0 });
    expect(await alertsOf(app, other)).toHaveLength(1);
  });

  it('leaves no delivery to a destination that is removed meanwhile', async () => {
    await duringFanOut(removeDestination);
    expect(await left()).toEqual({ alerts: 1, deliveries: 1 });
    expect((await deliveriesOf(app, account)).map(({ lane }) => lane)).toEqual(['email']);
  });
});

describe('a fan-out that begins while somebody is erased', () => {
  const duringErasure = async (erase: () => Promise<{ status: number }>) => {
    const [id] = await makeDue(app, 1, { accountId: account.id, destinationId: destination.id });
    const [erasing, fanningOut] = await hold(
      app.database,
      `select from delivery where id = ${id} for update`,
      async () => {
        const asked = erase();
        await blocked(app.database, 1);
        const begun = fanOut();
        await Promise.race([blocked(app.database, 2), begun]);
        return [asked, begun] as const;
      },
    );
    expect((await erasing).status).toBe(204);
    await fanningOut;
  };

  it('makes no alert and no delivery of the account', async () => {
    await duringErasure(eraseAccount);
    expect(await left()).toEqual({ alerts: 0, deliveries: 0 });
    expect(await alertsOf(app, other)).toHaveLength(1);
  });

  it('makes no delivery to the destination', async () => {
    await duringErasure(removeDestination);
    expect(await left()).toEqual({ alerts: 1, deliveries: 1 });
  });
});

describe('a delivery that is enqueued', () => {
  const enqueue = async () =>
    app.database.transaction(async (tx) =>
      app.app.get(DeliveryQueue).enqueue(tx, {
        kind: 'test',
        accountId: account.id as AccountId,
        destinationId: destination.id,
        lane: 'webhook',
      }),
    );

  it.each([
    ['account', eraseAccount],
    ['destination', removeDestination],
  ])('is none when its %s is erased at that moment', async (_what, erase) => {
    const [id] = await makeDue(app, 1, { accountId: account.id, destinationId: destination.id });
    const [erasing, enqueuing] = await hold(
      app.database,
      `select from delivery where id = ${id} for update`,
      async () => {
        const asked = erase();
        await blocked(app.database, 1);
        const enqueued = enqueue();
        await Promise.race([blocked(app.database, 2), enqueued]);
        return [asked, enqueued] as const;
      },
    );
    expect((await erasing).status).toBe(204);
    expect(await enqueuing).toBeNull();
    expect(await left()).toMatchObject({ deliveries: 0 });
  });

  it.each([
    ['account', eraseAccount],
    ['destination', removeDestination],
  ])('goes with its %s that is erased once it stands in the ledger', async (_what, erase) => {
    const [enqueuing, erasing] = await hold(
      app.database,
      `select pg_advisory_xact_lock(${gate})`,
      async () => {
        const enqueued = enqueue();
        await blocked(app.database, 1);
        const asked = erase();
        await Promise.race([blocked(app.database, 2), asked]);
        return [enqueued, asked] as const;
      },
    );
    expect(await enqueuing).toEqual(expect.any(String));
    expect((await erasing).status).toBe(204);
    expect(await left()).toMatchObject({ deliveries: 0 });
  });

  it('is none for a destination that never was, or is not of the account', async () => {
    const queue = app.app.get(DeliveryQueue);
    const of = { kind: 'test', accountId: other.id as AccountId, lane: 'webhook' } as const;
    for (const destinationId of [destination.id, '999999' as DestinationId]) {
      expect(await queue.enqueue(app.database, { ...of, destinationId })).toBeNull();
    }
  });
});

it('erases the notice that a worker writes of a failed delivery while its account is erased', async () => {
  await app.database.execute('delete from parcel');
  const [id] = await makeDue(app, 1, { accountId: account.id, destinationId: destination.id });
  const claim = randomUUID();
  const wanted = { lane: 'webhook', bulk: false, now: app.clock.now(), limit: 1, claim, leaseMs: 60_000 };
  const [parcel] = await claimParcels(app.database, wanted);
  // The third in a row: of it the owner is told.
  await app.database.execute(`update destination set failed_in_row = 2 where id = $1`, [destination.id]);
  const failed = endingOf(app, {
    id: id as DeliveryId,
    parcelId: parcel!.id,
    claim,
    accountId: account.id as AccountId,
    destinationId: destination.id,
    state: 'dead',
    outcome: 'permanent',
    status: 400,
    reason: 'it answered 400',
    fault: 'destination',
  });
  const [erasing] = await app.database.transaction(async (tx) => {
    await recordEndings(tx, [failed], { now: app.clock.now(), writer: randomUUID() });
    const asked = eraseAccount();
    await blocked(app.database, 1);
    await noteHealth(tx, [failed], app.clock.now());
    expect(await tx.query(`select from delivery where kind = 'notice'`)).toHaveLength(1);
    return [asked];
  });
  expect((await erasing)?.status).toBe(204);
  expect(await left()).toEqual({ alerts: 0, deliveries: 0 });
});

it('leaves no parcel behind once it was looked for work', async () => {
  await fanOut();
  await app.database.execute('delete from parcel');
  for (const inOneRange of [true, false]) {
    await makeDue(app, 3, { accountId: account.id, destinationId: destination.id, inOneRange });
  }
  await eraseAccount();
  const parcels = async () => app.database.query(`select from parcel`);
  expect(await parcels()).toHaveLength(4);
  await app.work();
  expect(await parcels()).toEqual([]);
});
