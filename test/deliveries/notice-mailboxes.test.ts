import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { noteHealth } from '../../src/deliveries/destination-health.js';
import type { Ending } from '../../src/deliveries/ending.store.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { deliveriesOf, webhookTo } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let webhookId: string;
let names = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  account = await app.createAccount({ email: `kim${++names}@bücher.example` });
  webhookId = (await webhookTo(app, account, 'https://hooks.example.org/')).id;
});

/** An endpoint answers that it is gone. @returns how many notices are made of it */
async function noticesWhenGone(id = webhookId): Promise<number> {
  const ending = { destinationId: id, state: 'dead', fault: 'destination', disable: true, reason: 'gone' };
  const endings = [{ ...ending, failingSince: null, triesBefore: 1 }] as unknown as Ending[];
  await app.database.transaction(async (tx) => noteHealth(tx, endings, app.clock.now()));
  return (await deliveriesOf(app, account)).filter(({ kind }) => kind === 'notice').length;
}

async function own(): Promise<string> {
  return (await app.call('GET', '/v1/destinations', { token: account.token })).body.items[0].id;
}

async function setOwn(set: string, address = account.email): Promise<void> {
  await app.database.execute(`update destination set ${set}, settings = $2, mailbox = $3 where id = $1`, [
    await own(),
    JSON.stringify({ address }),
    account.email.replace('bücher', 'xn--bcher-kva'),
  ]);
}

it('tells an owner whose own address works', async () => {
  expect(await noticesWhenGone()).toBe(1);
});

it.each([
  ['is disabled', `status = 'disabled', reason = 'gone'`],
  ['was stopped by its reader', `status = 'paused', reason = 'unsubscribed'`],
])('tells no owner whose own mailbox %s, however its address is written', async (_how, set) => {
  await setOwn(set, account.email.replace('bücher', 'XN--bcher-kva'));
  expect(await noticesWhenGone()).toBe(0);
});

it('tells an owner who paused their own address: that was about alerts', async () => {
  await setOwn(`status = 'paused', reason = null`);
  expect(await noticesWhenGone()).toBe(1);
});

it('tells nobody at the mailbox itself that fails, however its address is written', async () => {
  await setOwn(`status = 'active'`, account.email.replace('bücher', 'XN--bcher-kva'));
  expect(await noticesWhenGone(await own())).toBe(0);
});
