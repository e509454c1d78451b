import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Pacer, type Pace } from '../../src/deliveries/pacer.js';
import { Database } from '../../src/platform/database.js';
import { blocked, hold } from '../support/database-locks.js';
import { ManualClock } from '../support/manual-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let testDatabase: TestDatabase;
let database: Database;
let clock: ManualClock;
let pacer: Pacer;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.url);
  clock = new ManualClock();
  pacer = new Pacer(database, clock);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

const many = (count: number, key: string, perSecond: number): Pace[] =>
  Array.from({ length: count }, () => ({ key, perSecond }));
/** When each may start, in ms from now. */
const waits = async (items: readonly Pace[], by = pacer) => {
  const now = clock.now().getTime();
  return (await by.reserve(items)).map((start) => start.getTime() - now);
};
const keys = async () => {
  const rows = await database.query<{ key: string }>(`select key from pace order by key`);
  return rows.map(({ key }) => key);
};
/** How many more may start in no time at all than the rate brings. */
const burstOf = (starts: readonly Date[], perSecond: number) => {
  const ms = starts.map((start) => start.getTime()).toSorted((a, b) => a - b);
  const bursts = ms.flatMap((from, first) =>
    ms.slice(first).map((to, index) => index + 1 - ((to - from) * perSecond) / 1_000),
  );
  return Math.max(...bursts);
};
/** Starts are whole ms, so one may be nearly 1 ms nearer to the next than the rate says. */
const rounding = 0.001;

describe('the rate', () => {
  it('is kept within a call, between calls and after a pause', async () => {
    expect(await waits(many(3, 'd:1', 1))).toEqual([0, 1_000, 2_000]);
    clock.advance(0.5);
    expect(await waits(many(2, 'd:1', 1))).toEqual([2_500, 3_500]);
    clock.advance(60);
    expect(await waits(many(2, 'd:1', 1))).toEqual([0, 1_000]);
  });

  it('allows a burst of one second from five a second on, and none below', async () => {
    expect(await waits(many(7, 'd:5', 5))).toEqual([0, 0, 0, 0, 0, 200, 400]);
    expect(await waits(many(3, 'd:4', 4))).toEqual([0, 250, 500]);
    expect(await waits(many(3, 'd:3', 3))).toEqual([0, 334, 667]);
    // Half a second later, half a second's worth is there again.
    const twenty = await waits(many(20, 'd:20', 20));
    expect(Math.max(...twenty)).toBe(0);
    clock.advance(0.5);
    expect((await waits(many(12, 'd:20', 20))).filter((wait) => wait > 0)).toEqual([50, 100]);
    // A long rest saves up no more than one burst.
    clock.advance(3_600);
    expect((await waits(many(22, 'd:20', 20))).filter((wait) => wait > 0)).toEqual([50, 100]);
  });

  it('is that of each key, in the order of the items', async () => {
    const items = ['d:2', 'd:1', 'd:2', 'd:3', 'd:1', 'd:2'].map((key) => ({ key, perSecond: 1 }));
    expect(await waits(items)).toEqual([0, 0, 1_000, 0, 1_000, 2_000]);
    expect(await waits([])).toEqual([]);
  });

  it.each([0, -1, Number.NaN])('is refused when it is %d', async (perSecond) => {
    await expect(pacer.reserve(many(1, 'd:1', perSecond))).rejects.toThrow(RangeError);
  });
});

describe('several workers', () => {
  it('keep a rate together, and leave no slot out', async () => {
    const pacers = [pacer, new Pacer(database, clock)];
    const starts = { 2: [] as Date[], 20: [] as Date[] };
    for (let round = 0; round < 10; round++) {
      const calls = [...pacers, ...pacers].map(async (one) => {
        const reserved = await one.reserve([...many(2, 'd:slow', 2), ...many(5, 'd:fast', 20)]);
        starts[2].push(...reserved.slice(0, 2));
        starts[20].push(...reserved.slice(2));
      });
      await Promise.all(calls);
      clock.advance(0.3);
    }
    expect(starts[2]).toHaveLength(80);
    expect(burstOf(starts[2], 2)).toBeLessThanOrEqual(1 + 2 * rounding);
    expect(burstOf(starts[20], 20)).toBeLessThanOrEqual(20 + 20 * rounding);
    const span = (all: Date[]) => Math.max(...all.map(Number)) - Math.min(...all.map(Number));
    expect(span(starts[2])).toBe(79 * 500);
    expect(span(starts[20])).toBe(180 * 50);
  });

  it('get different slots though they ask at the same moment', async () => {
    const pacers = Array.from({ length: 6 }, () => new Pacer(database, clock));
    await pacer.reserve(many(1, 'd:1', 1));
    const [asked] = await hold(database, 'select from pace for update', async () => {
      const asking = pacers.map(async (one) => waits(many(1, 'd:1', 1), one));
      await blocked(database, pacers.length);
      return [Promise.all(asking)];
    });
    expect((await asked).flat().toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6].map((n) => n * 1_000));
  });

  it('do not block each other for good, whatever the order of their keys', async () => {
    const items = Array.from({ length: 400 }, (_, n) => ({ key: `d:${n}`, perSecond: 1 }));
    const reversed = items.toReversed();
    for (let round = 0; round < 10; round++) {
      const calls = [items, reversed, items, reversed].map(async (some) => pacer.reserve(some));
      await Promise.all(calls);
    }
    expect(await waits([{ key: 'd:7', perSecond: 1 }])).toEqual([40_000]);
  });
});

describe('a free pass', () => {
  it('is given to a key that is used once a second, and leaves no row', async () => {
    const items = Array.from({ length: 50 }, (_, n) => ({ key: `d:${n}`, perSecond: 20 }));
    for (let n = 0; n < 3; n++) {
      expect(await waits(items)).toEqual(items.map(() => 0));
      clock.advance(2);
    }
    expect(await keys()).toEqual([]);
  });

  it('is not given to slow keys, or to those that a call uses twice', async () => {
    await pacer.reserve([...many(1, 'd:slow', 4), ...many(2, 'd:twice', 20), ...many(1, 'd:free', 5)]);
    expect(await keys()).toEqual(['d:slow', 'd:twice']);
  });

  it('is charged when the key is used again, so that one worker keeps the rate', async () => {
    const starts: Date[] = [];
    for (let n = 0; n < 60; n++) {
      starts.push(...(await pacer.reserve(many(1, 'd:1', 5))));
      clock.advance(0.1);
    }
    expect(burstOf(starts, 5)).toBeLessThanOrEqual(5 + 5 * rounding);
    const first = await waits(many(1, 'd:2', 20));
    expect([...first, ...(await waits(many(20, 'd:2', 20)))].filter((wait) => wait > 0)).toEqual([50]);
  });

  it('may add one delivery for each worker', async () => {
    const pacers = Array.from({ length: 3 }, () => new Pacer(database, clock));
    const starts: Date[] = [];
    for (const one of pacers) starts.push(...(await one.reserve(many(1, 'd:1', 5))));
    expect(await keys()).toEqual([]);
    starts.push(...(await pacer.reserve(many(10, 'd:1', 5))));
    expect(burstOf(starts, 5)).toBeCloseTo(5 + pacers.length);
  });

  it('ends when more keys are in use than are remembered', async () => {
    const items = Array.from({ length: 10_003 }, (_, n) => ({ key: `d:${n}`, perSecond: 20 }));
    await pacer.reserve(items);
    expect(await keys()).toEqual(['d:10000', 'd:10001', 'd:10002']);
  });
});

describe('the table', () => {
  const insert = async (count: number, prefix: string, seconds: number) =>
    database.execute(
      `insert into pace select $1 || n, $2::timestamptz + $3 * interval '1 second' from generate_series(1, $4) n`,
      [prefix, clock.now(), seconds, count],
    );
  const touch = async () => pacer.reserve(many(1, 'd:1', 1));

  it('loses what is old, or was written by a wrong clock, at most once a minute', async () => {
    await insert(3, 'old:', -3_601);
    await insert(1, 'young:', -3_500);
    await insert(1, 'mad:', 8 * 24 * 3_600);
    await insert(1, 'long:', 24 * 3_600);
    await touch();
    expect(await keys()).toEqual(['d:1', 'long:1', 'young:1']);
    await insert(1, 'old:', -3_601);
    clock.advance(59);
    await touch();
    expect(await keys()).toContain('old:1');
    clock.advance(1);
    await touch();
    expect(await keys()).not.toContain('old:1');
  });

  it('loses a thousand at a time, and waits for nobody', async () => {
    await insert(1_500, 'old:', -3_601);
    await touch();
    expect(await keys()).toHaveLength(501);
    clock.advance(60);
    await hold(database, `select from pace where key like 'old:%' for update`, touch);
    expect(await keys()).toHaveLength(501);
  });

  it('tells whoever reserves when it can not be written', async () => {
    await database.execute('alter table pace rename to gone');
    await expect(pacer.reserve(many(1, 'd:1', 1))).rejects.toThrow('pace');
    await database.execute('alter table gone rename to pace');
    expect(await waits(many(1, 'd:1', 1))).toEqual([0]);
  });
});
