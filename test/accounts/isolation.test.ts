import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;
let owner: TestAccount;
let stranger: TestAccount;
let watchlistId: string;
let destinationId: string;

beforeAll(async () => {
  app = await startApp();
  owner = await app.createAccount({ tier: 'professional' });
  stranger = await app.createAccount({ tier: 'professional' });
  const watchlist = await app.call('POST', '/v1/watchlists', { token: owner.token, body: { name: 'Mine' } });
  watchlistId = watchlist.body.id;
  await app.call('PUT', `/v1/watchlists/${watchlistId}/follows/entity/amazon`, { token: owner.token });
  const destination = await app.call('POST', '/v1/destinations', {
    token: owner.token,
    body: { kind: 'webhook', settings: { url: 'https://hooks.example.org/' } },
  });
  destinationId = destination.body.id;
});
afterAll(async () => app.stop());

const calls: [method: string, path: string, body?: unknown][] = [
  ['GET', '/v1/watchlists/:watchlist'],
  ['PATCH', '/v1/watchlists/:watchlist', { name: 'Stolen' }],
  ['DELETE', '/v1/watchlists/:watchlist'],
  ['GET', '/v1/watchlists/:watchlist/follows'],
  ['PUT', '/v1/watchlists/:watchlist/follows/entity/stranger'],
  ['DELETE', '/v1/watchlists/:watchlist/follows/entity/amazon'],
  ['GET', '/v1/destinations/:destination'],
  ['PATCH', '/v1/destinations/:destination', { label: 'Stolen' }],
  ['PATCH', '/v1/destinations/:destination', { settings: { url: 'https://stranger.example.org/' } }],
  ['DELETE', '/v1/destinations/:destination'],
  ['POST', '/v1/destinations/:destination/test'],
  ['POST', '/v1/destinations/:destination/rotate-secret'],
  ['POST', '/v1/destinations/:destination/enable'],
  ['POST', '/v1/destinations/:destination/recover', { since: '2026-01-01T00:00:00Z' }],
  ['POST', '/v1/destinations/:destination/confirmation'],
];

function pathOf(path: string, watchlist: string, destination: string): string {
  return path.replace(':watchlist', watchlist).replace(':destination', destination);
}

it.each(calls)("answers 404 to a stranger's %s %s, and changes nothing", async (method, path, body) => {
  const before = await everything();

  const answer = await app.call(method, pathOf(path, watchlistId, destinationId), {
    token: stranger.token,
    body,
  });

  expect(answer.status).toBe(404);
  expect(await everything()).toEqual(before);
});

it.each(calls)('answers 404 to %s %s of what never was', async (method, path, body) => {
  for (const id of ['999999', 'x', '0', '-1', '1e3', '9'.repeat(30), '%00']) {
    const answer = await app.call(method, pathOf(path, id, id), { token: stranger.token, body });
    expect(answer.status).toBe(404);
  }
});

it.each(calls)("is closed to the operator's token: %s %s", async (method, path, body) => {
  const answer = await app.call(method, pathOf(path, watchlistId, destinationId), {
    token: app.operatorToken,
    body,
  });
  expect(answer.status).toBe(403);
});

it('lists nobody else’s watchlists and destinations', async () => {
  const watchlists = await app.call('GET', '/v1/watchlists', { token: stranger.token });
  const destinations = await app.call('GET', '/v1/destinations', { token: stranger.token });

  expect(watchlists.body.items).toEqual([]);
  expect(destinations.body.items).toMatchObject([{ settings: { address: stranger.email } }]);
});

it("lets nobody link another account's destination to a watchlist", async () => {
  const body = { name: 'Mine too', destinationIds: [destinationId] };
  const created = await app.call('POST', '/v1/watchlists', { token: stranger.token, body });
  expect(created.status).toBe(422);
  expect(created.body.errors).toMatchObject([{ path: 'destinationIds[0]' }]);

  const own = await app.call('POST', '/v1/watchlists', { token: stranger.token, body: { name: 'Own' } });
  const changed = await app.call('PATCH', `/v1/watchlists/${own.body.id}`, {
    token: stranger.token,
    body: { destinationIds: [own.body.destinationIds[0], destinationId] },
  });
  expect(changed.status).toBe(422);
  expect(changed.body.errors).toMatchObject([{ path: 'destinationIds[1]' }]);
});

async function everything(): Promise<unknown> {
  return app.database.query(
    `select (select jsonb_agg(to_jsonb(w)) from watchlist w) as watchlists,
       (select jsonb_agg(to_jsonb(f)) from follow f) as follows,
       (select jsonb_agg(to_jsonb(d)) from destination d) as destinations,
       (select jsonb_agg(to_jsonb(v)) from delivery v) as deliveries`,
  );
}
