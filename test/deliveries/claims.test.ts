import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordEndings, type Ending } from '../../src/deliveries/ending.store.js';
import { readParcels } from '../../src/deliveries/leased-delivery.store.js';
import {
  claimParcels,
  releaseLeases,
  removeEmpty,
  renewLeases,
  splitParcel,
} from '../../src/deliveries/parcel.store.js';
import type { AccountId, DeliveryId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { hold } from '../support/database-locks.js';
import { endingOf, makeDue, parcelsOf, rowsOf } from '../support/due-deliveries.js';
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
const ids = (some: readonly { firstId: string }[]) => some.map(({ firstId }) => firstId).toSorted();

/** A parcel whose lease ran out and that somebody else holds now. */
const takenOver = async (inOneRange = false) => {
  const made = await due(inOneRange ? 3 : 1, { inOneRange });
  const [lost, held] = [randomUUID(), randomUUID()];
  await claim(lost);
  app.clock.advance(61);
  const [parcel] = await claim(held);
  return { ids: made, parcel: parcel!.id, lost, held };
};

describe('claims', () => {
  it('never overlap and leave nothing out, however many are made at once', async () => {
    const made = await due(60);
    for (let round = 0; round < 25; round++) {
      const claims = Array.from({ length: 6 }, () => randomUUID());
      const leased = await Promise.all(claims.map(async (id) => claim(id, { limit: 10 })));
      expect(ids(leased.flat())).toEqual(made.toSorted());
      const holders = new Map(leased.flatMap((some, n) => some.map(({ id }) => [id, claims[n]])));
      const kept = await parcels();
      expect(kept.map(({ claim: holder }) => holder)).toEqual(kept.map(({ id }) => holders.get(id)));
      app.clock.advance(61);
    }
    expect((await parcels()).map(({ claims }) => claims)).toEqual(made.map(() => 25));
  });

  it('pass over what somebody else is claiming, without waiting for it', async () => {
    const made = await due(6);
    const others = `select from parcel where first_id in (${made.slice(0, 3).join()}) for update`;
    const leased = await hold(app.database, others, async () => claim(randomUUID(), { limit: 4 }));
    expect(ids(leased)).toEqual(made.slice(3).toSorted());
  });

  it('take what is due on their lane and of their kind, the longest due first', async () => {
    const [late] = await due(1);
    app.clock.advance(1);
    const [later] = await due(1);
    const [bulk] = await due(1, { bulk: true });
    const one = async (options = {}) => ids(await claim(randomUUID(), { limit: 1, ...options }));
    app.clock.advance(-2);
    expect(await one()).toEqual([]);
    app.clock.advance(2);
    expect(await one()).toEqual([late]);
    expect(await one({ on: 'another' })).toEqual([]);
    expect(await one()).toEqual([later]);
    expect(await one()).toEqual([]);
    expect(await one({ bulk: true })).toEqual([bulk]);
  });

  it('take over what was abandoned, once the lease ran out, and count how often', async () => {
    await due(3, { inOneRange: true });
    expect(await claim(randomUUID())).toMatchObject([{ claims: 1 }]);
    app.clock.advance(59);
    expect(await claim(randomUUID())).toEqual([]);
    app.clock.advance(1);
    expect(await claim(randomUUID())).toMatchObject([{ claims: 2 }]);
  });
});

describe('a lease that is prolonged', () => {
  it('keeps others off for as long again', async () => {
    await due(2);
    const holder = randomUUID();
    const held = (await claim(holder)).map(({ id }) => ({ id, claim: holder }));
    app.clock.advance(59);
    expect(await renewLeases(app.database, held, app.clock.now(), leaseMs)).toEqual(
      new Set(held.map(({ id }) => id)),
    );
    app.clock.advance(59);
    expect(await claim(randomUUID())).toEqual([]);
    app.clock.advance(1);
    expect(await claim(randomUUID())).toHaveLength(2);
  });

  it('stays with whoever took it over, and says so', async () => {
    const { parcel, lost } = await takenOver();
    const before = await parcels();
    app.clock.advance(5);
    const prolonged = [{ id: parcel, claim: lost }];
    expect(await renewLeases(app.database, prolonged, app.clock.now(), leaseMs)).toEqual(new Set());
    expect(await parcels()).toEqual(before);
  });
});

describe('a lease that is given back', () => {
  it('leaves the parcel due at once, as if it had never been leased', async () => {
    const made = await due(2);
    const holder = randomUUID();
    const held = (await claim(holder)).map(({ id }) => ({ id, claim: holder }));
    app.clock.advance(5);
    await releaseLeases(app.database, held, app.clock.now());
    const back = { claim: null, claims: 0, dueAt: app.clock.now() };
    expect(await parcels()).toMatchObject(made.map((id) => ({ firstId: id, ...back })));
    expect(await claim(randomUUID())).toHaveLength(2);
  });

  it('stays with whoever took it over', async () => {
    const { parcel, lost, held } = await takenOver();
    const before = await parcels();
    await releaseLeases(app.database, [{ id: parcel, claim: lost }], app.clock.now());
    expect(await parcels()).toEqual(before);
    expect(before).toMatchObject([{ claims: 2, claim: held }]);
  });
});

describe('a range', () => {
  it("is read page by page, past what is another parcel's or has ended, each delivery once", async () => {
    const made = await due(9, { inOneRange: true });
    const holder = randomUUID();
    const [range] = await claim(holder);
    // Every third one has moved into a parcel of its own, and one has arrived.
    const moved = made.filter((_, n) => n % 3 === 1);
    const again = { state: 'due', outcome: 'retry', dueAt: app.clock.now() } as const;
    await record(moved.map((id) => ending(id, range!.id, holder, again)));
    await record([ending(made[8]!, range!.id, holder)]);
    const left = made.filter((id) => id !== made[8] && !moved.includes(id));
    const read: string[] = [];
    const pages: number[] = [];
    for (let afterId = String(BigInt(range!.firstId) - 1n), more = true; more;) {
      const page = await readParcels(
        app.database,
        [{ id: range!.id, afterId, lastId: range!.lastId }],
        2,
        app.clock.now(),
      );
      read.push(...page.map(({ id }) => id));
      pages.push(page.length);
      afterId = page.at(-1)?.id ?? afterId;
      more = page.length === 2;
    }
    expect(read).toEqual(left);
    expect(pages).toEqual([2, 2, 1]);
  });

  it('is read together with others, so many of each at most', async () => {
    const [first, second] = [await due(4, { inOneRange: true }), await due(4, { inOneRange: true })];
    const leases = await claim(randomUUID());
    const page = await readParcels(
      app.database,
      leases.map(({ id, firstId, lastId }) => ({ id, afterId: String(BigInt(firstId) - 1n), lastId })),
      3,
      app.clock.now(),
    );
    expect(page.map(({ id }) => id)).toEqual([...first.slice(0, 3), ...second.slice(0, 3)]);
  });

  it('that is taken apart gives each delivery that is left a parcel of its own, due at once', async () => {
    const made = await due(4, { inOneRange: true });
    const holder = randomUUID();
    const [range] = await claim(holder);
    await record([ending(made[1]!, range!.id, holder)]);
    app.clock.advance(5);
    await splitParcel(app.database, { id: range!.id, claim: randomUUID() }, app.clock.now());
    expect(await parcels()).toHaveLength(1);
    await splitParcel(app.database, { id: range!.id, claim: holder }, app.clock.now());
    const singles = (await parcels()).filter(({ id }) => id !== range!.id);
    expect(singles).toMatchObject(
      [made[0], made[2], made[3]].map((id) => ({
        firstId: id,
        lastId: id,
        claims: 0,
        dueAt: app.clock.now(),
      })),
    );
    expect((await rowsOf(app, made)).map(({ parcelId }) => parcelId)).toEqual(
      made.map((id) => singles.find(({ firstId }) => firstId === id)?.id ?? null),
    );
    // Nothing is left to be recorded by the range's holder.
    expect((await record([ending(made[0]!, range!.id, holder)])).size).toBe(0);
  });
});

describe('a parcel that is worked off', () => {
  it('goes when nothing is left in it, and no sooner', async () => {
    const made = await due(2, { inOneRange: true });
    const holder = randomUUID();
    const [range] = await claim(holder);
    const held = [{ id: range!.id, claim: holder }];
    await record([ending(made[0]!, range!.id, holder)]);
    await removeEmpty(app.database, held);
    expect(await parcels()).toHaveLength(1);
    const again = { state: 'due', outcome: 'retry', dueAt: app.clock.now() } as const;
    await record([ending(made[1]!, range!.id, holder, again)]);
    await removeEmpty(app.database, [{ id: range!.id, claim: randomUUID() }]);
    expect(await parcels()).toHaveLength(2);
    await removeEmpty(app.database, held);
    expect(await parcels()).toMatchObject([{ firstId: made[1], lastId: made[1] }]);
  });
});
