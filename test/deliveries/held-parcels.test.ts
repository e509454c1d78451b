import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordEndings } from '../../src/deliveries/ending.store.js';
import { HeldParcels, type HeldParcel } from '../../src/deliveries/held-parcels.js';
import { WORKER_PARTS, type WorkerParts } from '../../src/deliveries/worker-parts.js';
import { claimParcels } from '../../src/deliveries/parcel.store.js';
import type { AccountId, DeliveryId, DestinationId } from '../../src/domain/ids.js';
import { createLogger } from '../../src/platform/logger.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { endingOf, makeDue, parcelsOf, rowsOf } from '../support/due-deliveries.js';
import { webhookTo } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let destination: { id: DestinationId };
let lane: string;
let lanes = 0;
let held: HeldParcels;
const lines: string[] = [];

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  lane = `lane-${++lanes}`;
  account = await app.createAccount();
  destination = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
  lines.length = 0;
  held = holder();
});
afterEach(() => {
  vi.useRealTimers();
});

const holder = () => {
  const log = createLogger('warn', { write: (line) => void lines.push(line) });
  return new HeldParcels(lane, { ...app.app.get<WorkerParts>(WORKER_PARTS), log });
};
const due = async (count: number, options: { bulk?: boolean; inOneRange?: boolean } = {}) =>
  makeDue(app, count, { accountId: account.id, destinationId: destination.id, lane, ...options });
const parcels = async () => parcelsOf(app, lane);
/** Records that deliveries arrived, as their holder. */
const deliver = async (page: readonly { delivery: { id: DeliveryId }; parcel: HeldParcel }[]) =>
  app.database.transaction(async (tx) =>
    recordEndings(
      tx,
      page.map(({ delivery: { id }, parcel }) =>
        endingOf(app, {
          id,
          parcelId: parcel.id,
          claim: parcel.claim,
          accountId: account.id as AccountId,
          destinationId: destination.id,
        }),
      ),
      { now: app.clock.now(), writer: randomUUID() },
    ),
  );
const seconds = (n: number) => {
  app.clock.advance(n);
  vi.advanceTimersByTime(n * 1_000);
};
const fakeTime = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });

describe('parcels in hand', () => {
  it('are read to their end, and removed when their last delivery has ended', async () => {
    const ids = await due(1_100, { inOneRange: true });
    expect(await held.claim(false, 10)).toBe(1);
    const pages = [];
    while (held.unread(false) > 0) pages.push(await held.read(false));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat().map(({ delivery }) => delivery.id)).toEqual(ids);
    expect(await held.read(false)).toEqual([]);
    for (const page of pages) {
      expect(await parcels()).toHaveLength(1);
      await deliver(page);
      for (const { parcel } of page) held.ended(parcel);
      await held.removed();
    }
    expect(await parcels()).toEqual([]);
  });

  it('are of one kind at a time', async () => {
    const [fresh, bulk] = [await due(1), await due(3, { bulk: true, inOneRange: true })];
    await held.claim(true, 10);
    await held.claim(false, 10);
    expect([held.unread(false), held.unread(true)]).toEqual([1, 1]);
    expect((await held.read(false)).map(({ delivery }) => delivery.id)).toEqual(fresh);
    expect((await held.read(true)).map(({ delivery }) => delivery.id)).toEqual(bulk);
  });

  it('stay in the ledger when one of their deliveries was not recorded, and are due when the lease ran out', async () => {
    const ids = await due(2, { inOneRange: true });
    await held.claim(false, 10);
    const page = await held.read(false);
    await deliver(page.slice(0, 1));
    for (const { parcel } of page) held.ended(parcel);
    await held.removed();
    expect(await parcels()).toMatchObject([{ claims: 1, claim: page[0]!.parcel.claim }]);
    const other = holder();
    expect(await other.claim(false, 10)).toBe(0);
    app.clock.advance(91);
    expect(await other.claim(false, 10)).toBe(1);
    expect((await other.read(false)).map(({ delivery }) => delivery.id)).toEqual([ids[1]]);
  });

  it('that turn out empty are removed at once', async () => {
    const ids = await due(2, { inOneRange: true });
    await app.database.execute('delete from delivery where id = any ($1)', [ids]);
    await held.claim(false, 10);
    expect(await held.read(false)).toEqual([]);
    await held.removed();
    expect(await parcels()).toEqual([]);
  });

  it('are given back for others to go on with', async () => {
    const ids = await due(5, { inOneRange: true });
    await held.claim(false, 10);
    await deliver((await held.read(false)).slice(0, 1));
    await held.release();
    expect(await parcels()).toMatchObject([{ claims: 0, claim: null }]);
    const other = holder();
    expect(await other.claim(false, 10)).toBe(1);
    expect((await other.read(false)).map(({ delivery }) => delivery.id)).toEqual(ids.slice(1));
  });
});

describe('their leases', () => {
  it('are prolonged for as long as there is work in them', async () => {
    await due(3, { inOneRange: true });
    fakeTime();
    await held.claim(false, 10);
    const { parcel } = (await held.read(false))[0]!;
    const other = holder();
    for (let n = 0; n < 8; n++) {
      const before = parcel.heldUntilMs;
      seconds(20);
      await vi.waitUntil(() => parcel.heldUntilMs > before, { timeout: 20_000 });
      expect(parcel.isHeld).toBe(true);
      expect(await other.claim(false, 10)).toBe(0);
    }
    expect(await parcels()).toMatchObject([{ claims: 1, claim: parcel.claim }]);
    await held.release();
  });

  it('hold no longer than an attempt fits in, when nothing prolongs them', async () => {
    await due(1);
    fakeTime();
    await held.claim(false, 10);
    const { parcel } = (await held.read(false))[0]!;
    vi.useRealTimers();
    // As after a SIGSTOP: time has passed, and no timer has run.
    vi.spyOn(performance, 'now').mockReturnValue(parcel.heldUntilMs - 45_000);
    expect(parcel.isHeld).toBe(false);
    vi.spyOn(performance, 'now').mockReturnValue(parcel.heldUntilMs - 45_001);
    expect(parcel.isHeld).toBe(true);
    vi.restoreAllMocks();
    await held.release();
  });

  it('that somebody took over are known to be lost, and are left to them', async () => {
    const [id] = await due(1);
    fakeTime();
    await held.claim(false, 10);
    const page = await held.read(false);
    const { parcel } = page[0]!;
    app.clock.advance(91);
    const claim = randomUUID();
    const wanted = { lane, bulk: false, now: app.clock.now(), limit: 1, claim, leaseMs: 60_000 };
    expect(await claimParcels(app.database, wanted)).toMatchObject([{ id: parcel.id, claims: 2 }]);
    const taken = await parcels();
    seconds(20);
    await vi.waitUntil(() => parcel.isLost, { timeout: 20_000 });
    expect(parcel.isHeld).toBe(false);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { lane, parcels: 1, msg: 'leases were lost' },
    ]);
    await deliver(page);
    held.ended(parcel);
    await held.release();
    expect(await parcels()).toEqual(taken);
    expect(await rowsOf(app, [id!])).toMatchObject([{ state: 'due' }]);
  });

  it('that were lost and are held again are not given up with what was read before', async () => {
    const ids = await due(2, { inOneRange: true });
    await held.claim(false, 10);
    const late = await held.read(false);
    app.clock.advance(91);
    expect(await held.claim(false, 10)).toBe(1);
    for (const { parcel } of late) held.ended(parcel);
    const page = await held.read(false);
    expect(page.map(({ delivery }) => delivery.id)).toEqual(ids);
    await deliver(page);
    for (const { parcel } of page) held.ended(parcel);
    await held.removed();
    expect(await parcels()).toEqual([]);
  });

  it('that were abandoned five times are of a range that is taken apart, and its deliveries go on alone', async () => {
    const ids = await due(3, { inOneRange: true });
    for (let n = 0; n < 5; n++) {
      // Whoever claims it is killed.
      await holder().claim(false, 10);
      expect(await parcels()).toHaveLength(1);
      app.clock.advance(91);
    }
    await held.claim(false, 10);
    expect(await held.read(false)).toEqual([]);
    await held.removed();
    expect(await parcels()).toMatchObject(
      ids.map((id) => ({ firstId: id, lastId: id, bulk: true, claim: null, claims: 0 })),
    );
    await held.claim(true, 10);
    const page = await held.read(true);
    expect(page.map(({ delivery }) => delivery.id)).toEqual(ids);
    expect(page.map(({ parcel }) => [parcel.isSingle, parcel.isSuspect])).toEqual(
      ids.map(() => [true, false]),
    );
    await held.release();
  });
});
