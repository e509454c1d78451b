import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EndpointBreakers } from '../../src/deliveries/endpoint-breakers.js';
import { failuresToOpen } from '../../src/domain/breaker-schedule.js';
import { Database } from '../../src/platform/database.js';
import { blocked, hold } from '../support/database-locks.js';
import { ManualClock } from '../support/manual-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const lane = 'webhook';
const endpoint = 'https://receiver.example/hooks?key=sesame';
const other = 'https://other.example/hooks';
const wholeTable = 'lock table endpoint_breaker in access exclusive mode';

let testDatabase: TestDatabase;
let database: Database;
let clock: ManualClock;
let [ours, theirs]: EndpointBreakers[] = [];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.url);
  clock = new ManualClock();
  [ours, theirs] = [worker(), worker()];
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

const worker = () => new EndpointBreakers(database, clock);
const fail = (breakers: EndpointBreakers, times: number, to = endpoint) => {
  for (let n = 0; n < times; n++) breakers.note(lane, to, 'failed');
};
/** A second later all know what all know. */
const exchange = async (...all: EndpointBreakers[]) => {
  for (let n = 0; n < 2; n++) {
    clock.advance(1);
    await Promise.all(all.map(async (one) => one.refresh()));
  }
};
const kind = (breakers: EndpointBreakers, to = endpoint) => breakers.admit(lane, to).kind;
/** Seconds for which nothing is to go to the endpoint. */
const pause = (breakers: EndpointBreakers) => {
  const admission = breakers.admit(lane, endpoint);
  return admission.kind === 'wait' ? (admission.until.getTime() - clock.now().getTime()) / 1_000 : 0;
};
const rows = async () =>
  database.query<{ lane: string; endpoint: string; failures: number; seconds: number }>(
    `select lane, endpoint, failures, extract(epoch from open_until - $1)::float8 as seconds
     from endpoint_breaker order by lane, endpoint`,
    [clock.now()],
  );
const insert = async (name: string, seconds: number) =>
  database.execute(
    `insert into endpoint_breaker (lane, endpoint, failures, opened_at, open_until)
     values ($1, $2, 5, $3, $3::timestamptz + $4 * interval '1 second')`,
    [lane, name, clock.now(), seconds],
  );

/** Opens the breaker for all, and waits until its pause is over. */
const openAndWait = async (...all: EndpointBreakers[]) => {
  fail(all[0]!, failuresToOpen);
  await exchange(...all);
  clock.advance(Math.ceil(pause(all[0]!)));
};

describe('among workers', () => {
  it('shares what opened and what closed', async () => {
    fail(ours!, failuresToOpen);
    expect(kind(theirs!)).toBe('go');
    await exchange(ours!, theirs!);
    expect(pause(theirs!)).toBe(pause(ours!));
    expect(kind(theirs!)).toBe('wait');
    expect(kind(theirs!, other)).toBe('go');
    theirs!.note(lane, endpoint, 'answered');
    await exchange(ours!, theirs!);
    expect([kind(ours!), kind(theirs!)]).toEqual(['go', 'go']);
  });

  it('keeps the longer of two pauses when two workers open one breaker', async () => {
    const longest = Math.max(
      ...[ours!, theirs!].map((one) => {
        fail(one, failuresToOpen);
        return pause(one);
      }),
    );
    await exchange(ours!, theirs!);
    const [row, ...more] = await rows();
    expect(more).toEqual([]);
    expect(row?.failures).toBe(failuresToOpen);
    expect(row?.seconds).toBeCloseTo(longest - 2, 2);
    // A worker that was away meanwhile makes little of a long trouble neither.
    await database.execute(
      `update endpoint_breaker set failures = 9, open_until = open_until + interval '8 minutes'`,
    );
    const late = worker();
    fail(late, failuresToOpen);
    await exchange(late);
    expect(await rows()).toMatchObject([{ failures: 9 }]);
    expect(pause(late)).toBeGreaterThan(480);
  });

  it('gives the probe to exactly one, however many ask at once', async () => {
    const all = Array.from({ length: 8 }, worker);
    await openAndWait(...all);
    expect(all.map((one) => kind(one))).toEqual(all.map(() => 'probe'));
    const [asked] = await hold(database, 'select from endpoint_breaker for update', async () => {
      const asking = all.map(async (one) => one.takeProbe(lane, endpoint));
      await blocked(database, all.length);
      return [Promise.all(asking)];
    });
    const won = await asked;
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(all.map((one) => kind(one))).toEqual(all.map(() => 'wait'));
    expect(await rows()).toMatchObject([{ seconds: 60 }]);
  });

  it('gives the probe to one of the deliveries of a worker', async () => {
    await openAndWait(ours!);
    const asked = await Promise.all([1, 2, 3].map(async () => ours!.takeProbe(lane, endpoint)));
    expect(asked).toEqual([true, false, false]);
  });

  it('refuses the probe to a worker that has not heard that it was taken, and again to those that have', async () => {
    await openAndWait(ours!, theirs!);
    expect(await ours!.takeProbe(lane, endpoint)).toBe(true);
    clock.advance(10);
    expect(kind(theirs!)).toBe('probe');
    expect(await theirs!.takeProbe(lane, endpoint)).toBe(false);
    expect(pause(theirs!)).toBe(50);
    expect(await theirs!.takeProbe(lane, endpoint)).toBe(false);
  });

  it('lets another probe when nothing was heard of the first for a minute', async () => {
    await openAndWait(ours!, theirs!);
    await ours!.takeProbe(lane, endpoint);
    await exchange(theirs!);
    expect(pause(theirs!)).toBe(58);
    clock.advance(58);
    expect(await theirs!.takeProbe(lane, endpoint)).toBe(true);
    // What the first reports now is no longer a probe's failure.
    fail(ours!, 1);
    await exchange(ours!);
    expect(await rows()).toMatchObject([{ failures: failuresToOpen }]);
  });

  it('lets a delivery go when the breaker was closed elsewhere meanwhile', async () => {
    await openAndWait(ours!, theirs!);
    theirs!.note(lane, endpoint, 'answered');
    await exchange(theirs!);
    expect(kind(ours!)).toBe('probe');
    expect(await ours!.takeProbe(lane, endpoint)).toBe(true);
    expect(kind(ours!)).toBe('go');
  });

  it('does not let the late failures of others make the pause longer', async () => {
    await openAndWait(ours!, theirs!);
    expect(await ours!.takeProbe(lane, endpoint)).toBe(true);
    fail(theirs!, 16);
    await exchange(theirs!);
    fail(theirs!, 16);
    await exchange(theirs!, ours!);
    expect(await rows()).toMatchObject([{ failures: failuresToOpen, seconds: 56 }]);
    ours!.note(lane, endpoint, 'failed');
    await exchange(ours!, theirs!);
    fail(theirs!, 16);
    await exchange(theirs!);
    expect(await rows()).toMatchObject([{ failures: failuresToOpen + 1 }]);
  });

  it('tells nobody the endpoint, only its hash', async () => {
    fail(ours!, failuresToOpen);
    await exchange(ours!);
    const [row] = await rows();
    expect(row?.endpoint).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(row)).not.toMatch(/receiver|sesame/);
  });

  it('asks the database no more than once a second', async () => {
    await theirs!.refresh();
    fail(ours!, failuresToOpen);
    clock.advance(1);
    await ours!.refresh();
    clock.advance(-0.5);
    await theirs!.refresh();
    expect(kind(theirs!)).toBe('go');
    clock.advance(0.5);
    await theirs!.refresh();
    expect(kind(theirs!)).toBe('wait');
  });

  it('removes what nobody has probed for a day, and what a wrong clock wrote', async () => {
    await insert('forgotten', -24 * 3_600 - 60);
    await insert('kept', -23 * 3_600);
    await insert('in a year', 365 * 24 * 3_600);
    await exchange(ours!);
    expect((await rows()).map((row) => row.endpoint)).toEqual(['kept']);
    expect(ours!.open()).toContainEqual({ lane, state: 'half-open', endpoints: 1 });
  });
});

describe('when the database is slow or fails', () => {
  it('keeps what changes while it learns what others say, and tells them', async () => {
    fail(theirs!, failuresToOpen, other);
    await exchange(theirs!, ours!);
    clock.advance(1);
    const [refreshing] = await hold(database, wholeTable, async () => {
      const learning = ours!.refresh();
      await blocked(database, 1);
      fail(ours!, failuresToOpen);
      ours!.note(lane, other, 'answered');
      return [learning];
    });
    await refreshing;
    expect([kind(ours!), kind(ours!, other)]).toEqual(['wait', 'go']);
    await exchange(ours!, theirs!);
    expect([kind(theirs!), kind(theirs!, other)]).toEqual(['wait', 'go']);
  });

  it('closes what was opened before, and not the other way round, when both are told late', async () => {
    const [closed] = await hold(database, wholeTable, async () => {
      fail(ours!, failuresToOpen);
      await blocked(database, 1);
      ours!.note(lane, endpoint, 'answered');
      fail(ours!, failuresToOpen, other);
      ours!.note(lane, other, 'answered');
      fail(ours!, failuresToOpen, other);
      return [kind(ours!)];
    });
    expect(closed).toBe('go');
    await exchange(ours!, theirs!);
    expect([kind(theirs!), kind(theirs!, other)]).toEqual(['go', 'wait']);
  });

  it('decides by what it knows, and tells the others once it can', async () => {
    await database.execute('alter table endpoint_breaker rename to gone');
    fail(ours!, failuresToOpen);
    await exchange(ours!);
    expect(kind(ours!)).toBe('wait');
    clock.advance(Math.ceil(pause(ours!)));
    expect(await ours!.takeProbe(lane, endpoint)).toBe(false);
    expect(pause(ours!)).toBe(1);
    clock.advance(1);
    expect(kind(ours!)).toBe('probe');
    await database.execute('alter table gone rename to endpoint_breaker');
    await exchange(ours!, theirs!);
    expect(kind(theirs!)).toBe('probe');
    expect(await ours!.takeProbe(lane, endpoint)).toBe(true);
    ours!.note(lane, endpoint, 'answered');
    await exchange(ours!, theirs!);
    expect([kind(ours!), kind(theirs!)]).toEqual(['go', 'go']);
  });
});
