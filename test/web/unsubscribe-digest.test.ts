import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { moveTo, settle } from '../support/digest-desk.js';
import { provisionEvent } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let entity: string;
let day = Date.UTC(2026, 11, 1);

beforeAll(async () => {
  app = await startApp({ ALERTS_PER_MINUTE: '2', LOG_LEVEL: 'error' });
});
afterAll(async () => app.stop());
beforeEach(async () => {
  day += 5 * 86_400_000;
  moveTo(app, new Date(day + 10 * 3_600_000).toISOString());
  account = await app.createAccount();
  entity = `leaving-${account.id}`;
});
afterEach(async () => {
  await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
});

const daily = { mode: 'daily', at: '08:00' };
const change = async (provision: string) => {
  const document = `${entity}-${provision}`;
  await app.postEvents([provisionEvent({ entity, document, provision: document })]);
  await app.work();
};
const tomorrow = async () => {
  moveTo(app, new Date(day + 32 * 3_600_000 + 60_000).toISOString());
  await app.work();
};
const watchDocument = async (provision: string, options: Record<string, unknown>) =>
  watch(app, account, [['document', `${entity}-${provision}`]], { name: `List ${provision}`, ...options });
/** Follows the way out of the newest mail. @returns the watchlists that still lead to a destination */
const leave = async (): Promise<string[]> => {
  const mail = (await mailTo(app, account.email)).at(-1);
  const path = /<http[^>]*(\/unsubscribe\/[^>]+)>/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1];
  expect(path, mail?.subject).toBeDefined();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  for (let click = 0; click < 2; click++) {
    const { status } = await app.call('POST', path!, { headers, body: 'List-Unsubscribe=One-Click' });
    expect(status).toBe(200);
  }
  const { items } = (await app.call('GET', '/v1/watchlists', { token: account.token })).body;
  return items.filter((one: any) => one.destinationIds.length > 0).map((one: any) => one.name);
};

it('stops every watchlist that a digest told of, and no other', async () => {
  await watchDocument('a', { cadence: daily });
  await watchDocument('b', { cadence: daily });
  await watchDocument('c', { cadence: daily });
  await change('a');
  await change('b');
  await tomorrow();
  expect(await leave()).toEqual(['List c']);
});

it('stops the watchlists that ask for a heartbeat', async () => {
  await watchDocument('a', { cadence: { ...daily, heartbeat: true } });
  await watchDocument('b', { cadence: daily });
  await app.work();
  await tomorrow();
  expect(await leave()).toEqual(['List b']);
});

it('stops every watchlist that a bundle of quiet hours told of', async () => {
  await settle(app, account, { quietHours: { from: '09:00', to: '20:00' } });
  await watchDocument('a', {});
  await watchDocument('b', {});
  await watchDocument('c', {});
  await change('a');
  await change('b');
  await tomorrow();
  expect(await leave()).toEqual(['List c']);
});

it('stops every watchlist that a summary of a storm told of', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await watchDocument(name, {});
  for (const name of ['a', 'b', 'c', 'd']) await change(name);
  app.clock.advance(61);
  await app.work();
  expect(await leave()).toEqual(['List a', 'List b', 'List e']);
});

it('stops nothing at an address that the mail did not go to', async () => {
  await watchDocument('a', { cadence: { ...daily, heartbeat: true } });
  await app.work();
  await tomorrow();
  app.clock.advance(60);
  const { items } = (await app.call('GET', '/v1/destinations', { token: account.token })).body;
  const settings = { address: `new-${account.email}` };
  const moved = await app.call('PATCH', `/v1/destinations/${items[0].id}`, {
    token: account.token,
    body: { settings },
  });
  expect(moved.status).toBe(200);
  expect(await leave()).toEqual(['List a']);
});
