import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ending } from '../../src/deliveries/ending.store.js';
import { OutcomeRecorder } from '../../src/deliveries/outcome-recorder.js';
import { claimParcels } from '../../src/deliveries/parcel.store.js';
import type { AccountId, DeliveryId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { endingOf, loggedOf, makeDue, rowsOf } from '../support/due-deliveries.js';
import { webhookTo } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let destination: { id: DestinationId };
let recorder: OutcomeRecorder;
/** What was recorded along with the endings, batch by batch. */
let along: Ending[][];

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  await app.database.execute('delete from parcel');
  account = await app.createAccount();
  destination = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
  along = [];
  recorder = recorderThat(async (_tx, endings) => {
    along.push([...endings]);
    return Promise.resolve();
  });
});

/** @param note see OutcomeRecorder */
const recorderThat = (note: ConstructorParameters<typeof OutcomeRecorder>[2]) =>
  new OutcomeRecorder(app.database, app.clock, note, () => undefined);

/** Deliveries in one range, and what becomes of each under a lease of it. */
const held = async (count: number) => {
  const ids = await makeDue(app, count, {
    accountId: account.id,
    destinationId: destination.id,
    inOneRange: true,
  });
  const lease = async () => {
    const claim = randomUUID();
    const wanted = { lane: 'webhook', bulk: false, now: app.clock.now(), limit: 1, claim, leaseMs: 60_000 };
    const [parcel] = await claimParcels(app.database, wanted);
    return (id: DeliveryId, more: Partial<Ending> = {}) =>
      endingOf(app, {
        id,
        parcelId: parcel!.id,
        claim,
        accountId: account.id as AccountId,
        destinationId: destination.id,
        ...more,
      });
  };
  return { ids, lease, ending: await lease() };
};
const again = () => ({ state: 'due', outcome: 'retry', status: 500, dueAt: app.clock.now() }) as const;
const states = async (ids: readonly string[]) => (await rowsOf(app, ids)).map(({ state }) => state);

describe('the recorder', () => {
  it('records many endings together, and what goes along with them once', async () => {
    const { ids, ending } = await held(40);
    const endings = ids.map((id, n) => ending(id, n % 2 === 0 ? {} : again()));
    expect(await Promise.all(endings.map(async (one) => recorder.record(one)))).toEqual(ids.map(() => true));
    expect(await states(ids)).toEqual(ids.map((_, n) => (n % 2 === 0 ? 'delivered' : 'due')));
    expect(along).toEqual([endings]);
  });

  // PostgreSQL refuses NUL in any text, and half a surrogate pair in JSON.
  it.each([
    ['delivered', {}, 'cut \u0000'],
    ['tried again', again, 'cut \ud83d'],
  ])('records the others of a batch when one is refused that was %s', async (_name, kind, excerpt) => {
    const { ids, ending } = await held(5);
    const more = typeof kind === 'function' ? kind() : kind;
    const results = await Promise.allSettled(
      ids.map(async (id, n) => recorder.record(ending(id, n === 2 ? { ...more, excerpt } : {}))),
    );
    expect(results.map(({ status }) => status)).toEqual(
      ids.map((_, n) => (n === 2 ? 'rejected' : 'fulfilled')),
    );
    expect(await states(ids)).toEqual(ids.map((_, n) => (n === 2 ? 'due' : 'delivered')));
    expect(await loggedOf(app, ids[2]!)).toEqual([]);
    expect(await recorder.record(ending(ids[2]!))).toBe(true);
    expect(await states(ids)).toEqual(ids.map(() => 'delivered'));
  });

  it('undoes what a refusal along with them concerns, and records nothing half', async () => {
    const { ids, ending } = await held(2);
    const failing = recorderThat(async (tx, endings) => {
      if (endings.some(({ id }) => id === ids[0])) await tx.execute('select 1 / 0');
    });
    const results = await Promise.allSettled(ids.map(async (id) => failing.record(ending(id, again()))));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await loggedOf(app, ids[0]!)).toEqual([]);
    expect(await loggedOf(app, ids[1]!)).toHaveLength(1);
  });

  it('lets nothing go along with what was sent under a lease that was lost', async () => {
    const { ids, ending: lost, lease } = await held(1);
    app.clock.advance(61);
    const ending = await lease();
    const gone = { state: 'dead', outcome: 'permanent', status: 410, disable: true } as const;
    const right = ending(ids[0]!);
    const recorded = [recorder.record(lost(ids[0]!, gone)), recorder.record(right)];
    expect(await Promise.all(recorded)).toEqual([false, true]);
    expect(along).toEqual([[right]]);
  });

  it('goes on when its connection is cut in the middle of a statement, and records once', async () => {
    const { ids, ending } = await held(3);
    const endings = [ending(ids[0]!), ending(ids[1]!, again()), ending(ids[2]!)];
    const others = `select from delivery where id = ${ids[1]} for update`;
    const recording = await hold(app.database, others, async () => {
      const recorded = endings.map(async (one) => recorder.record(one));
      await blocked(app.database, 1);
      await app.database.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      // It is at it again.
      await blocked(app.database, 1);
      return recorded;
    });
    expect(await Promise.all(recording)).toEqual([true, true, true]);
    expect(await states(ids)).toEqual(['delivered', 'due', 'delivered']);
    expect(await loggedOf(app, ids[1]!)).toHaveLength(1);
    expect((await rowsOf(app, ids)).map(({ tries }) => tries)).toEqual([1, 1, 1]);
  });
});
