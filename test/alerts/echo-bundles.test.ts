import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { TestAccount, TestApp } from '../support/app.js';
import { openEchoHouse, type EchoHouse, type EchoStage } from '../support/echo-stage.js';
import { watch } from '../support/watching.js';
import type { WebhookReceiver } from '../support/webhook-receiver.js';

let house: EchoHouse;
let app: TestApp;
let receiver: WebhookReceiver;
let stage: EchoStage;

beforeAll(async () => {
  house = await openEchoHouse('bundled', { WEBHOOK_PER_S: '0', ALERTS_PER_MINUTE: '3' });
  ({ app, receiver } = house);
});
afterAll(async () => house.close());
beforeEach(() => {
  stage = house.stage();
});

async function later(seconds: number): Promise<void> {
  app.clock.advance(seconds);
  await stage.settled();
}
/** What came to an account's webhook: the types. */
const types = ({ id }: TestAccount) =>
  receiver.requests
    .filter(({ path }) => path === `/${id}`)
    .map(({ body }) => JSON.parse(body.toString()))
    .map(({ type, data }) => data.about ?? type);
/** The account's mails, oldest first. */
const mailsTo = async ({ email }: TestAccount): Promise<any[]> =>
  (await app.call('GET', '/sandbox/mailbox.json')).body
    .filter(({ to }: any) => to.includes(email))
    .toReversed();

/** Somebody who follows the entity by mail. */
async function mailReader(): Promise<TestAccount> {
  const account = await app.createAccount();
  const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
  await watch(app, account, [['entity', stage.entity]], { destinationIds: [body.items[0].id] });
  app.clock.advance(120);
  return account;
}
/** From now on for eight hours. */
async function keepQuiet({ token }: TestAccount): Promise<void> {
  const at = (hours: number) =>
    new Date(app.clock.now().getTime() + hours * 3_600_000).toISOString().slice(11, 16);
  const quietHours = { from: at(-1), to: at(8), breakThrough: null };
  const answer = await app.call('PATCH', '/v1/account', { token, body: { timeZone: 'UTC', quietHours } });
  expect(answer.status, answer.text).toBe(200);
}

it('what goes back before its digest is told to nobody, and after it to those who got it', async () => {
  const [hourly, weekly] = [
    await stage.follower({ cadence: { mode: 'hourly' } }),
    await stage.follower({ cadence: { mode: 'weekly', on: 'monday', at: '08:00' } }),
  ];
  await stage.change({ a: 'low', b: 'low' });
  await stage.settled();
  await later(3_600);
  expect(types(hourly)).toEqual(['digest.created']);
  await app.postEvents([stage.event('a', 'high')]);
  await stage.settled();
  await app.postEvents([stage.event('a', 'low')]);
  await stage.settled();
  await later(3_600);
  await later(3_600);
  expect(types(hourly)).toEqual(['digest.created']);
  await app.postEvents([stage.event('b', 'high')]);
  await stage.settled();
  await later(3_600);
  expect(types(hourly)).toEqual(['digest.created', 'digest.created']);
  await app.postEvents([stage.event('b', 'low')]);
  await stage.settled();
  await later(3_600);
  expect(types(hourly)).toEqual(['digest.created', 'digest.created', 'reverted']);
  await later(8 * 86_400);
  expect(types(weekly)).toEqual(['digest.created']);
});

it('what is held over quiet hours and goes back meanwhile is told to nobody', async () => {
  const account = await mailReader();
  await stage.change({ a: 'low', b: 'low' });
  await stage.settled();
  expect(await mailsTo(account)).toHaveLength(1);
  await keepQuiet(account);
  await app.postEvents([stage.event('a', 'high')]);
  await stage.settled();
  app.clock.advance(60);
  await app.postEvents([stage.event('a', 'low')]);
  await stage.settled();
  await later(9 * 3_600);
  await later(60);
  expect(await mailsTo(account)).toHaveLength(1);
});

it('what a bundle of quiet hours told, and went back since, is told', async () => {
  const account = await mailReader();
  await stage.change({ a: 'low', b: 'low', c: 'low' });
  await stage.settled();
  await keepQuiet(account);
  for (const clause of ['a', 'b', 'c']) await app.postEvents([stage.event(clause, 'high')]);
  await stage.settled();
  app.clock.advance(60);
  await app.postEvents([stage.event('c', 'low')]);
  await stage.settled();
  await later(9 * 3_600);
  const [, bundle, ...more] = await mailsTo(account);
  expect(more).toEqual([]);
  expect(bundle.text).toContain(`${stage.entity}-a`);
  expect(bundle.text).not.toContain(`${stage.entity}-c`);
  await app.postEvents([stage.event('b', 'low')]);
  await stage.settled();
  await later(60);
  const [, , echo, ...others] = await mailsTo(account);
  expect(others).toEqual([]);
  expect(echo.text).toContain('went back');
  expect(echo.headers['in-reply-to']).toBe(bundle.headers['message-id']);
});

it('a summary of a storm tells nothing of what went back before', async () => {
  const account = await mailReader();
  await stage.change({ a: 'low', b: 'low', c: 'low', d: 'low' });
  await stage.settled();
  app.clock.advance(3_600);
  const revision = { id: 'storm', size: 2 };
  // By themselves: alerts that are made at the same moment do not count each other.
  for (const clause of ['x', 'y', 'z']) {
    await app.postEvents([stage.event(clause, 'medium')]);
    await stage.fanOut();
  }
  await app.postEvents([stage.event('a', 'high', { revision }), stage.event('b', 'medium', { revision })]);
  await stage.fanOut();
  await app.postEvents([stage.event('a', 'low')]);
  await later(120);
  const summaries = (await mailsTo(account)).slice(1).filter(({ subject }) => subject.includes('alerts'));
  expect(summaries.map(({ subject }) => subject)).toHaveLength(1);
  expect(summaries[0].text).toContain(`${stage.entity}-b`);
  expect(summaries[0].text).not.toContain(`${stage.entity}-a`);
});
