import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Reminders } from '../../src/alerts/reminders.js';
import type { TestApp } from '../support/app.js';
import { openEchoHouse, type EchoHouse, type EchoStage } from '../support/echo-stage.js';

let house: EchoHouse;
let app: TestApp;
let stage: EchoStage;

beforeAll(async () => {
  house = await openEchoHouse('reminded', { WEBHOOK_PER_S: '0', REMINDER_DAYS: '7' });
  ({ app } = house);
});
afterAll(async () => house.close());
beforeEach(() => {
  stage = house.stage();
});

const days = (count: number) =>
  new Date(app.clock.now().getTime() + count * 86_400_000).toISOString().slice(0, 10);
/** A tick on five machines at once. */
const tick = async () => {
  const made = await Promise.all(Array.from({ length: 5 }, async () => app.app.get(Reminders).remind()));
  await app.work();
  return made.reduce((a, b) => a + b, 0);
};
const reminders = (account: { id: string }) =>
  stage.heard(account as never).filter(({ about }) => about === 'reminder');

it('reminds once of a rise, a week before it takes effect, whoever was alerted', async () => {
  const account = await stage.follower();
  const falls = await stage.follower({ rule: { direction: 'falls' } });
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high', b: 'low' }, { effectiveAt: days(20) });
  await app.work();
  app.clock.advance(12 * 86_400);
  expect(await tick()).toBe(0);
  app.clock.advance(86_400);
  expect(await tick()).toBe(2);
  expect(await tick()).toBe(0);
  app.clock.advance(86_400);
  expect(await tick()).toBe(0);
  expect(reminders(account)).toMatchObject([{ changes: ['a', 'b'] }]);
  expect(reminders(falls)).toEqual([]);
});

it('does not remind of falls, of what was posted just before, or what went back or was retracted', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'high', b: 'low', c: 'low' });
  await app.work();
  await stage.change({ a: 'low' }, { effectiveAt: days(20) });
  await stage.change({ b: 'high' }, { effectiveAt: days(20) });
  const [wrong] = await stage.change({ c: 'high' }, { effectiveAt: days(20) });
  await app.work();
  await stage.change({ b: 'low' });
  await stage.retract(wrong!.id);
  await app.work();
  app.clock.advance(12 * 86_400);
  await stage.change({ d: 'high' }, { effectiveAt: days(8) });
  await app.work();
  app.clock.advance(86_400);
  expect(await tick()).toBe(0);
  expect(reminders(account)).toEqual([]);
});

it('makes up for ticks that were missed, until it takes effect', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'high' }, { effectiveAt: days(20) });
  await stage.change({ b: 'high' }, { effectiveAt: days(10) });
  await app.work();
  app.clock.advance(16 * 86_400);
  expect(await tick()).toBe(1);
  expect(reminders(account)).toMatchObject([{ changes: ['a'] }]);
});

it('tells nothing of what went back between the tick and the sending', async () => {
  const account = await stage.follower();
  await stage.change({ a: 'low' });
  await stage.change({ a: 'high' }, { effectiveAt: days(10) });
  await app.work();
  app.clock.advance(3 * 86_400);
  await app.app.get(Reminders).remind();
  await stage.fanOut();
  await stage.change({ a: 'low' });
  await app.work();
  expect(stage.heard(account).map(({ about }) => about)).toEqual([undefined, undefined, 'reverted']);
});
