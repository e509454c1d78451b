import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DestinationService } from '../../src/destinations/destination.service.js';
import type { AccountId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;
let account: TestAccount;
let list: string;
let own: DestinationId;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  account = await app.createAccount({ tier: 'watcher' });
  own = (await call('GET', '/v1/destinations')).body.items[0].id;
  list = (await call('POST', '/v1/watchlists', { name: 'A' })).body.id;
  await call('PUT', `/v1/watchlists/${list}/follows/entity/followed`);
});
afterAll(async () => app.stop());

function call(method: string, path: string, body?: unknown) {
  return app.call(method, path, { token: account.token, body });
}

/** Since when deliveries of earlier alerts have to ask the watchlist again. */
async function changedAt(): Promise<Date | undefined> {
  const [row] = await app.database.query<{ at: Date }>(
    `select changed_at as at from watchlist where id = $1`,
    [list],
  );
  return row?.at;
}

const path = () => `/v1/watchlists/${list}`;
const unsubscribe = async (watchlistIds: string[]) =>
  app.app
    .get(DestinationService)
    .unsubscribe({ accountId: account.id as AccountId, destinationId: own, watchlistIds });

const changes: [string, () => Promise<unknown>][] = [
  ['a follow', async () => call('PUT', `${path()}/follows/entity/another`)],
  ['an unfollow', async () => call('DELETE', `${path()}/follows/entity/followed`)],
  ['another rule', async () => call('PATCH', path(), { rule: { minSeverity: 'high' } })],
  ['another cadence', async () => call('PATCH', path(), { cadence: { mode: 'hourly' } })],
  ['other destinations', async () => call('PATCH', path(), { destinationIds: [] })],
  ['an unsubscribe', async () => unsubscribe([list])],
];
const noChanges: [string, () => Promise<unknown>][] = [
  ['a follow of what is followed', async () => call('PUT', `${path()}/follows/entity/followed`)],
  ['an unfollow of what is not', async () => call('DELETE', `${path()}/follows/entity/another`)],
  ['reading it', async () => call('GET', path())],
  ['an unsubscribe from others', async () => unsubscribe(['999999'])],
  ['a change that is refused', async () => call('PATCH', path(), { destinationIds: ['999999'] })],
];

it('is when the watchlist was made, at first', async () => {
  const made = await call('POST', '/v1/watchlists', { name: 'B' });
  list = made.body.id;
  expect(await changedAt()).toEqual(app.clock.now());
});

it.each(changes)('is the time of %s', async (_name, change) => {
  app.clock.advance(90);
  await change();
  expect(await changedAt()).toEqual(app.clock.now());
});

it.each(noChanges)('stays with %s', async (_name, change) => {
  const before = await changedAt();
  app.clock.advance(90);
  await change();
  expect(await changedAt()).toEqual(before);
});

it('is set without a deadlock, however many change a watchlist at once', async () => {
  const at = { name: 'A', destinationIds: [own] };
  const all = Array.from({ length: 10 }, (_, n) => [
    call('PATCH', path(), { ...at, rule: { minChange: n % 3 } }),
    call('PUT', `${path()}/follows/entity/e${n % 3}`),
    call('DELETE', `${path()}/follows/entity/e${n % 3}`),
    unsubscribe([list]).then(() => ({ status: 200, text: '' })),
  ]);
  for (const { status, text } of await Promise.all(all.flat())) expect(status, text).toBeLessThan(300);
});
