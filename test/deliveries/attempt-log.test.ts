import { DateTime } from 'luxon';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AttemptLog } from '../../src/deliveries/attempt-log.js';
import { Database } from '../../src/platform/database.js';
import { blocked, hold } from '../support/database-locks.js';
import { ManualClock } from '../support/manual-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let testDatabase: TestDatabase;
let database: Database;
let clock: ManualClock;
let log: AttemptLog;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.url);
  clock = new ManualClock();
  log = new AttemptLog(database, clock);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

/** The beginning of the month that lies so many after this one. */
const month = (after: number) =>
  DateTime.fromJSDate(clock.now(), { zone: 'utc' }).startOf('month').plus({ months: after });
const partition = (after: number) => `delivery_attempt_${month(after).toFormat('yyyyMM')}`;
const goTo = (time: DateTime) => clock.advance((time.toMillis() - clock.now().getTime()) / 1_000);

const insertion = (deliveryId: number, at: DateTime) =>
  `insert into delivery_attempt (delivery_id, at, outcome, ms) values (${deliveryId}, '${at.toISO()}', 'delivered', 1)`;
const attempt = async (deliveryId: number, at: DateTime) => database.execute(insertion(deliveryId, at));
/** Where the attempts lie: delivery → partition. */
const places = async () => {
  const rows = await database.query<{ id: number; place: string }>(
    `select delivery_id::integer as id, tableoid::regclass::text as place from delivery_attempt order by 1`,
  );
  return Object.fromEntries(rows.map(({ id, place }) => [id, place]));
};
const partitions = async () => {
  const rows = await database.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits
     where inhparent = 'delivery_attempt'::regclass order by 1`,
  );
  return rows.map(({ name }) => name);
};

it('makes the partitions of this month and the next, and keeps them', async () => {
  await log.maintain();
  await log.maintain();
  expect(await partitions()).toEqual([partition(0), partition(1), 'delivery_attempt_default']);
  const [before, first, last, next, after] = [
    month(0).minus(1),
    month(0),
    month(1).minus(1),
    month(2).minus(1),
    month(2),
  ];
  for (const [n, at] of [before, first, last, next, after].entries()) await attempt(n, at);
  expect(await places()).toEqual({
    0: 'delivery_attempt_default',
    1: partition(0),
    2: partition(0),
    3: partition(1),
    4: 'delivery_attempt_default',
  });
});

it('moves attempts that were made before there was a partition for them', async () => {
  for (const n of [-1, 0, 1, 2]) await attempt(n, month(n).plus({ days: 3 }));
  await log.maintain();
  const elsewhere = 'delivery_attempt_default';
  expect(await places()).toEqual({ '-1': elsewhere, 0: partition(0), 1: partition(1), 2: elsewhere });
  goTo(month(1));
  await log.maintain();
  expect(await places()).toMatchObject({ 1: partition(0), 2: partition(1) });
});

it('waits for an attempt that is being recorded, and moves it too', async () => {
  const [maintained] = await hold(database, insertion(1, month(0)), async () => {
    const maintaining = log.maintain();
    await Promise.race([blocked(database, 1), maintaining]);
    return [maintaining];
  });
  await maintained;
  expect(await places()).toEqual({ 1: partition(0) });
});

it('drops the months that are older than those it keeps, and nothing else', async () => {
  const now = month(0).plus({ days: 20 });
  goTo(month(-15).plus({ days: 20 }));
  for (let n = 0; n <= 3; n++) {
    await log.maintain();
    await attempt(n, DateTime.fromJSDate(clock.now()));
    goTo(month(1).plus({ days: 20 }));
  }
  await attempt(9, month(-30));
  goTo(now);
  await log.maintain();
  expect(await partitions()).toEqual([
    partition(-13),
    partition(-12),
    partition(-11),
    partition(0),
    partition(1),
    'delivery_attempt_default',
  ]);
  expect(await places()).toEqual({ 2: partition(-13), 3: partition(-12), 9: 'delivery_attempt_default' });
});

it('keeps the tallies of two days', async () => {
  const tally = async () => {
    await database.execute(
      `insert into throughput (minute, lane, process, delivered, failed) values ($1, 'email', gen_random_uuid(), 1, 0)`,
      [clock.now()],
    );
  };
  const minutes = async () => (await database.query(`select from throughput`)).length;
  await tally();
  clock.advance(86_400);
  await tally();
  clock.advance(86_400);
  await log.maintain();
  expect(await minutes()).toBe(2);
  clock.advance(1);
  await log.maintain();
  expect(await minutes()).toBe(1);
});

it('keeps what came back for 90 days', async () => {
  const report = async () =>
    database.execute(`insert into mail_report (finding, at) values ('policy', $1)`, [clock.now()]);
  const reports = async () => (await database.query(`select from mail_report`)).length;
  await report();
  clock.advance(90 * 86_400);
  await report();
  await log.maintain();
  expect(await reports()).toBe(2);
  clock.advance(1);
  await log.maintain();
  expect(await reports()).toBe(1);
});

it('may be maintained by several at once', async () => {
  await attempt(1, month(0));
  const other = await Database.connect(testDatabase.url);
  const logs = [log, new AttemptLog(other, clock), log];
  // Whoever is first waits for this reader, and the others for the first.
  const maintained = await hold(database, 'select from delivery_attempt_default', async () => {
    const maintaining = logs.map(async (one) => one.maintain());
    await blocked(database, logs.length);
    return maintaining;
  });
  const results = await Promise.allSettled(maintained);
  await other.close();
  expect(results.map(({ status }) => status)).toEqual(logs.map(() => 'fulfilled'));
  expect(await partitions()).toEqual([partition(0), partition(1), 'delivery_attempt_default']);
  expect(await places()).toEqual({ 1: partition(0) });
});
