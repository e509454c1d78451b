import { afterEach, beforeEach, expect, it } from 'vitest';
import { EndpointBreakers } from '../../src/deliveries/endpoint-breakers.js';
import { failuresToOpen } from '../../src/domain/breaker-schedule.js';
import { Database } from '../../src/platform/database.js';
import { ManualClock } from '../support/manual-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const lane = 'webhook';
const endpoint = 'https://receiver.example/hooks?key=sesame';
const other = 'https://other.example/hooks';

let testDatabase: TestDatabase;
let database: Database;
let clock: ManualClock;
let breakers: EndpointBreakers;

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.url);
  clock = new ManualClock();
  breakers = new EndpointBreakers(database, clock);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

const fail = (times: number, to = endpoint) => {
  for (let n = 0; n < times; n++) breakers.note(lane, to, 'failed');
};
const answer = (to = endpoint) => breakers.note(lane, to, 'answered');
const kind = (to = endpoint) => breakers.admit(lane, to).kind;
/** Seconds for which nothing is to go to the endpoint. */
const pause = () => {
  const admission = breakers.admit(lane, endpoint);
  return admission.kind === 'wait' ? (admission.until.getTime() - clock.now().getTime()) / 1_000 : 0;
};
const waitPause = () => clock.advance(Math.ceil(pause()));
/** What the database was told. */
const saved = async () => {
  clock.advance(1);
  await breakers.refresh();
  return database.query<{ failures: number }>(`select failures from endpoint_breaker`);
};

it('lets an endpoint alone for about half a minute after five failures in a row', () => {
  fail(failuresToOpen - 1);
  expect(kind()).toBe('go');
  fail(1);
  expect(pause()).toBeGreaterThanOrEqual(24);
  expect(pause()).toBeLessThanOrEqual(36);
  waitPause();
  expect(kind()).toBe('probe');
});

it('counts anew after an answer', () => {
  fail(failuresToOpen - 1);
  answer();
  fail(failuresToOpen - 1);
  expect(kind()).toBe('go');
});

it('keeps endpoints apart, and lanes', () => {
  fail(failuresToOpen - 1, other);
  fail(failuresToOpen);
  expect([kind(), kind(other), breakers.admit('slack', endpoint).kind]).toEqual(['wait', 'go', 'go']);
});

it('takes many attempts that fail together for one opening', async () => {
  fail(failuresToOpen);
  clock.advance(10);
  const until = pause();
  fail(11);
  expect(pause()).toBe(until);
  expect(await saved()).toMatchObject([{ failures: failuresToOpen }]);
  // Nor do they make its pause longer when it is over, but nobody has probed.
  clock.advance(Math.ceil(until));
  fail(11);
  expect(kind()).toBe('probe');
});

it('closes by an answer, be it one to an attempt that began before', async () => {
  fail(failuresToOpen);
  await saved();
  answer();
  expect(kind()).toBe('go');
  fail(failuresToOpen - 1);
  expect(kind()).toBe('go');
  expect(await saved()).toEqual([]);
});

it('makes the pause twice as long with each probe that fails, up to ten minutes', async () => {
  fail(failuresToOpen);
  for (const planned of [60, 120, 240, 480, 600, 600]) {
    waitPause();
    expect(await breakers.takeProbe(lane, endpoint)).toBe(true);
    clock.advance(20);
    // Only the first failure can be the probe's.
    fail(3);
    expect(pause()).toBeGreaterThanOrEqual(planned * 0.8);
    expect(pause()).toBeLessThanOrEqual(planned * 1.2);
  }
  expect(await saved()).toMatchObject([{ failures: failuresToOpen + 6 }]);
  waitPause();
  expect(await breakers.takeProbe(lane, endpoint)).toBe(true);
  answer();
  expect(kind()).toBe('go');
});

it('shows how many breakers of a lane are open, and how many are being probed', async () => {
  const show = () => breakers.open().map(({ state, endpoints }) => [state, endpoints]);
  expect(breakers.open()).toEqual([]);
  fail(failuresToOpen);
  fail(failuresToOpen, other);
  expect(breakers.open()).toEqual([
    { lane, state: 'open', endpoints: 2 },
    { lane, state: 'half-open', endpoints: 0 },
  ]);
  clock.advance(40);
  expect(show()).toEqual([
    ['open', 0],
    ['half-open', 2],
  ]);
  await breakers.takeProbe(lane, endpoint);
  expect(show()).toContainEqual(['half-open', 2]);
  for (const to of [endpoint, other]) answer(to);
  expect(show()).toEqual([
    ['open', 0],
    ['half-open', 0],
  ]);
});

it('forgets the failures that are the longest ago when too many endpoints fail', () => {
  fail(failuresToOpen - 1);
  for (let n = 0; n < 10_000; n++) fail(1, `https://receiver.example/${n}`);
  fail(1);
  expect(kind()).toBe('go');
});
