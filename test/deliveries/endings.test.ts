import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordEndings, type Ending } from '../../src/deliveries/ending.store.js';
import { claimParcels, removeEmpty } from '../../src/deliveries/parcel.store.js';
import type { AccountId, DeliveryId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { endingOf, loggedOf, makeDue, parcelsOf, rowsOf } from '../support/due-deliveries.js';
import { webhookTo } from '../support/watching.js';

const leaseMs = 60_000;

let app: TestApp;
let account: TestAccount;
let destination: { id: DestinationId };
let lane: string;
let lanes = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  lane = `lane-${++lanes}`;
  account = await app.createAccount();
  destination = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
});

/** Puts due deliveries on the lane of this test, each in a parcel of its own unless told otherwise. */
const due = async (count: number, options: { bulk?: boolean; inOneRange?: boolean } = {}) =>
  makeDue(app, count, { accountId: account.id, destinationId: destination.id, lane, ...options });
const claim = async (id: string, { limit = 100, bulk = false, on = lane } = {}) =>
  claimParcels(app.database, { lane: on, bulk, now: app.clock.now(), limit, claim: id, leaseMs });
const parcels = async () => parcelsOf(app, lane);
const ending = (id: DeliveryId, parcelId: string, claimId: string, more: Partial<Ending> = {}): Ending =>
  endingOf(app, {
    id,
    parcelId,
    claim: claimId,
    lane,
    accountId: account.id as AccountId,
    destinationId: destination.id,
    ...more,
  });
const record = async (endings: readonly Ending[]) =>
  app.database.transaction(async (tx) =>
    recordEndings(tx, endings, { now: app.clock.now(), writer: randomUUID() }),
  );

/** A parcel whose lease ran out and that somebody else holds now. */
const takenOver = async (inOneRange = false) => {
  const made = await due(inOneRange ? 3 : 1, { inOneRange });
  const [lost, held] = [randomUUID(), randomUUID()];
  await claim(lost);
  app.clock.advance(61);
  const [parcel] = await claim(held);
  return { ids: made, parcel: parcel!.id, lost, held };
};

describe('endings', () => {
  const kinds: [string, Partial<Ending>][] = [
    ['arrived', {}],
    ['is tried again', { state: 'due', outcome: 'retry', status: 500, reason: 'it answered 500' }],
    ['is given up', { state: 'dead', outcome: 'permanent', status: 410, reason: 'gone', disable: true }],
    ['is cancelled', { state: 'cancelled', outcome: null, status: null, reason: 'nobody wants it' }],
    ['is set aside', { state: 'due', outcome: null, status: null }],
  ];

  it.each(kinds)('under a lease that was lost record nothing: what %s', async (_name, more) => {
    const {
      ids: [id],
      parcel,
      lost,
      held,
    } = await takenOver();
    const before = [await rowsOf(app, [id!]), await parcels()];
    expect(await record([ending(id!, parcel, lost, { dueAt: app.clock.now(), ...more })])).toEqual(new Set());
    expect([await rowsOf(app, [id!]), await parcels()]).toEqual(before);
    expect(await loggedOf(app, id!)).toEqual([]);
    expect((await record([ending(id!, parcel, held)])).size).toBe(1);
    expect(await rowsOf(app, [id!])).toMatchObject([{ state: 'delivered', tries: 1, parcelId: null }]);
  });

  it.each([
    ['before', (lost: Ending, held: Ending) => [lost, held]],
    ['after', (lost: Ending, held: Ending) => [held, lost]],
  ])(
    'under a lease that was lost harm not those of its holder, %s them in one batch',
    async (_where, order) => {
      const { ids: made, parcel, lost, held } = await takenOver(true);
      const gone = { state: 'dead', reason: 'gone', outcome: 'permanent', status: 410 } as const;
      const again = { state: 'due', outcome: 'retry', status: 500, dueAt: app.clock.now() } as const;
      const late = [
        ending(made[0]!, parcel, lost, gone),
        ending(made[1]!, parcel, lost),
        ending(made[2]!, parcel, lost, again),
      ];
      const right = [
        ending(made[0]!, parcel, held),
        ending(made[1]!, parcel, held, gone),
        ending(made[2]!, parcel, held, gone),
      ];
      const batch = late.flatMap((one, n) => order(one, right[n]!));
      expect(await record(batch)).toEqual(new Set(right));
      expect((await rowsOf(app, made)).map(({ state }) => state)).toEqual(['delivered', 'dead', 'dead']);
      expect(await loggedOf(app, made[0]!)).toEqual([]);
      for (const id of made.slice(1)) {
        expect(await loggedOf(app, id)).toEqual([{ outcome: 'permanent', status: 410 }]);
      }
    },
  );

  it('are recorded once', async () => {
    const [id] = await due(1);
    const holder = randomUUID();
    const [parcel] = await claim(holder);
    const again = ending(id!, parcel!.id, holder, { state: 'due', outcome: 'retry', dueAt: app.clock.now() });
    const recorded = await Promise.all([record([again]), record([again]), record([again])]);
    expect(recorded.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    expect(await loggedOf(app, id!)).toHaveLength(1);
    expect(await rowsOf(app, [id!])).toMatchObject([{ state: 'due', tries: 1 }]);
  });

  it('keep the lease from being taken over while they are recorded', async () => {
    const [id] = await due(1);
    const holder = randomUUID();
    const [parcel] = await claim(holder);
    app.clock.advance(61);
    await app.database.transaction(async (tx) => {
      expect(
        (
          await recordEndings(tx, [ending(id!, parcel!.id, holder)], {
            now: app.clock.now(),
            writer: randomUUID(),
          })
        ).size,
      ).toBe(1);
      expect(await claim(randomUUID())).toEqual([]);
    });
    expect(await rowsOf(app, [id!])).toMatchObject([{ state: 'delivered' }]);
  });

  it('wait for whoever is taking the lease over, and then record nothing', async () => {
    const [id] = await due(1);
    const [lost, held] = [randomUUID(), randomUUID()];
    const [parcel] = await claim(lost);
    const taking = `update parcel set claim_id = '${held}' where id = ${parcel!.id}`;
    const [recording] = await hold(app.database, taking, async () => {
      const waiting = record([ending(id!, parcel!.id, lost)]);
      await blocked(app.database, 1);
      return [waiting];
    });
    expect((await recording).size).toBe(0);
    expect(await rowsOf(app, [id!])).toMatchObject([{ state: 'due' }]);
  });

  it('keep in the row how the delivery arrived, and in the log what failed', async () => {
    const [id] = await due(1);
    const tried = async (more: Partial<Ending>) => {
      app.clock.advance(1);
      const holder = randomUUID();
      const [parcel] = await claim(holder);
      await record([ending(id!, parcel!.id, holder, { dueAt: app.clock.now(), ...more })]);
      await removeEmpty(app.database, [{ id: parcel!.id, claim: holder }]);
    };
    await tried({ state: 'due', outcome: 'retry', status: 500, reason: 'it answered 500' });
    expect(await rowsOf(app, [id!])).toMatchObject([{ state: 'due', tries: 1, reason: 'it answered 500' }]);
    await tried({ state: 'due', outcome: null });
    expect(await rowsOf(app, [id!])).toMatchObject([{ state: 'due', tries: 1, reason: 'it answered 500' }]);
    await tried({ status: 202, ms: 7, excerpt: 'thanks' });
    expect(await loggedOf(app, id!)).toEqual([{ outcome: 'retry', status: 500 }]);
    const [row] = await app.database.query(
      `select tries, reason, attempted_at as at, status, ms, excerpt from delivery where id = $1`,
      [id],
    );
    expect(row).toEqual({
      tries: 2,
      reason: null,
      at: app.clock.now(),
      status: 202,
      ms: 7,
      excerpt: 'thanks',
    });
    expect(await parcels()).toEqual([]);
  });
});
