import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;
let account: TestAccount;
let follows: string;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  account = await app.createAccount({ tier: 'watcher' });
  const { body } = await call('POST', '/v1/watchlists', { name: 'A' });
  follows = `/v1/watchlists/${body.id}/follows`;
});
afterAll(async () => app.stop());

function call(method: string, path: string, body?: unknown) {
  return app.call(method, path, { token: account.token, body });
}

it.each([
  ['entity', 'amazon', 'amazon'],
  ['document', 'CA-D-00028', 'CA-D-00028'],
  ['provision', 'CA-P-002547', 'CA-P-002547'],
  ['clause-type', 'Data-Sharing', 'data-sharing'],
  ['category', 'LIABILITY', 'liability'],
  ['agency', 'US-FTC', 'US-FTC'],
  ['everything', '*', '*'],
])('follows %s %s, which the archive need not know', async (kind, key, kept) => {
  const { status, text } = await call('PUT', `${follows}/${kind}/${encodeURIComponent(key)}`);

  expect([status, text]).toEqual([204, '']);
  expect((await call('GET', follows)).body.items).toEqual([
    { kind, key: kept, since: app.clock.now().toISOString() },
  ]);
});

it.each([
  'a/b/c',
  'two words',
  '100%',
  'a+b?c=d#e&f',
  'Prüfung/日本 🚨',
  '"quoted" \\ back',
  '..%2f',
  '📚'.repeat(100),
])('takes the key %j as it is', async (key) => {
  const path = `${follows}/entity/${encodeURIComponent(key)}`;

  expect((await call('PUT', path)).status).toBe(204);
  expect((await call('GET', follows)).body.items).toMatchObject([{ kind: 'entity', key }]);
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', follows)).body.items).toEqual([]);
});

it.each([
  ['planet', 'earth', 'kind'],
  ['clause-type', 'not a slug', 'key'],
  ['category', 'a/b', 'key'],
  ['everything', 'amazon', 'key'],
  ['entity', 'x'.repeat(201), 'key'],
  ['entity', 'a\u0000b', 'key'],
  ['entity', 'a\nb', 'key'],
])('refuses %s %j and names the fault', async (kind, key, path) => {
  for (const method of ['PUT', 'DELETE']) {
    const { status, body } = await call(method, `${follows}/${kind}/${encodeURIComponent(key)}`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path }]);
  }
});

it('keeps the first time when it is followed again, and forgets it when unfollowed', async () => {
  const path = `${follows}/entity/amazon`;
  const first = app.clock.now().toISOString();
  await call('PUT', path);
  app.clock.advance(3_600);

  expect((await call('PUT', path)).status).toBe(204);
  expect((await call('GET', follows)).body.items).toMatchObject([{ since: first }]);

  await call('DELETE', path);
  await call('PUT', path);
  expect((await call('GET', follows)).body.items).toMatchObject([{ since: app.clock.now().toISOString() }]);
});

it('unfollows as often as it is asked to', async () => {
  expect((await call('DELETE', `${follows}/entity/never-followed`)).status).toBe(204);
});

describe('the list of follows', () => {
  it('pages through them by kind and key', async () => {
    const keys = ['b', 'a c', 'a', '日本', 'd/e'];
    for (const key of keys) {
      await call('PUT', `${follows}/entity/${encodeURIComponent(key)}`);
      await call('PUT', `${follows}/document/${encodeURIComponent(key)}`);
    }

    const seen: { kind: string; key: string }[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await call('GET', `${follows}?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.body.items);
      cursor = page.body.nextCursor as string | null;
    }

    expect(seen.map((one) => one.kind)).toEqual([...Array(5).fill('document'), ...Array(5).fill('entity')]);
    expect(seen.map((one) => one.key).toSorted()).toEqual([...keys, ...keys].toSorted());
    expect((await call('GET', `${follows}?limit=200`)).body.items).toEqual(seen);
  });

  it("refuses a cursor of another watchlist's list, and one that is made up", async () => {
    const id = follows.split('/')[3];
    const cursors = [
      ['watchlists/0/follows', 'entity a'],
      [`watchlists/${id}/follows`, 'planet earth'],
      [`watchlists/${id}/follows`, 'entity a\u0000b'],
      [`watchlists/${id}/follows`, 'entity'],
    ];
    for (const parts of cursors) {
      const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
      expect((await call('GET', `${follows}?cursor=${cursor}`)).status).toBe(422);
    }
  });
});
