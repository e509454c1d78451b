import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent } from '../support/events.js';
import { watch } from '../support/watching.js';
import { feedOf, provisionsOf, readFeed, textsOf } from './feed-reader.js';

let app: TestApp;
let owner: TestAccount;
let stranger: TestAccount;
let watchlist: string;

beforeAll(async () => {
  app = await startApp();
  [owner, stranger] = [await app.createAccount(), await app.createAccount()];
  watchlist = await watch(app, owner, [['entity', 'acme']], { name: 'Mine' });
  await app.postEvents([provisionEvent({ provision: 'mine' })]);
});
afterAll(async () => app.stop());

const feedPath = (id: string) => `/v1/watchlists/${id}/feed`;
const stateOf = async (id: string, account = owner) =>
  (await app.call('GET', feedPath(id), { token: account.token })).body;

describe('the address of a feed', () => {
  it('is a secret that is shown once, and kept as a hash', async () => {
    expect(await stateOf(watchlist)).toEqual({ createdAt: null });
    const made = await app.call('POST', feedPath(watchlist), { token: owner.token });
    expect(made.body).toEqual({
      url: expect.stringMatching(/\/feeds\/[\w-]{43}$/),
      createdAt: app.clock.now().toISOString(),
    });

    const state = await app.call('GET', feedPath(watchlist), { token: owner.token });
    expect(state.body).toEqual({ createdAt: made.body.createdAt });
    const [kept] = await app.database.query<any>('select * from watchlist_feed');
    const token = made.body.url.slice(-43);
    expect(kept.hash).toEqual(createHash('sha256').update(token).digest());
    expect(JSON.stringify(kept)).not.toContain(token);
    expect((await readFeed(app, `/feeds/${token}`)).status).toBe(200);
  });

  it('is replaced by a new one, of the same feed, and answers 404 from then on', async () => {
    const former = await feedOf(app, owner, watchlist);
    const before = await readFeed(app, former);
    const path = await feedOf(app, owner, watchlist);

    expect((await readFeed(app, former)).status).toBe(404);
    const after = await readFeed(app, path);
    expect(textsOf(after.text, 'id')).toEqual(textsOf(before.text, 'id'));
    expect(after.text.replace(path, former)).toBe(before.text);
  });

  it('is revoked for good: the next one is of another feed', async () => {
    const path = await feedOf(app, owner, watchlist);
    const [id] = textsOf((await readFeed(app, path)).text, 'id');

    for (let n = 0; n < 2; n++) {
      expect((await app.call('DELETE', feedPath(watchlist), { token: owner.token })).status).toBe(204);
      expect((await readFeed(app, path)).status).toBe(404);
      expect(await stateOf(watchlist)).toEqual({ createdAt: null });
    }
    const next = await readFeed(app, await feedOf(app, owner, watchlist));
    expect(textsOf(next.text, 'id')[0]).not.toBe(id);
  });

  it('goes with its watchlist, and with its account', async () => {
    const account = await app.createAccount();
    const lists = [await watch(app, account, []), await watch(app, account, [])];
    const paths = [await feedOf(app, account, lists[0]!), await feedOf(app, account, lists[1]!)];
    await app.call('DELETE', `/v1/watchlists/${lists[0]}`, { token: account.token });
    expect((await readFeed(app, paths[0]!)).status).toBe(404);
    expect((await readFeed(app, paths[1]!)).status).toBe(200);
    await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
    expect((await readFeed(app, paths[1]!)).status).toBe(404);
  });

  it('is one, however many ask for it at once', async () => {
    const paths = await Promise.all(Array.from({ length: 8 }, async () => feedOf(app, owner, watchlist)));
    const answers = await Promise.all(paths.map(async (path) => readFeed(app, path)));
    const count = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect([count(200), count(404)]).toEqual([1, 7]);
  });
});

describe("another account's feed", () => {
  it.each(['GET', 'POST', 'DELETE'])('answers 404 to %s, as what never was does', async (method) => {
    const path = await feedOf(app, owner, watchlist);
    const state = await stateOf(watchlist);
    const refused = await app.call(method, feedPath(watchlist), { token: stranger.token });
    expect(refused.status).toBe(404);
    for (const id of ['999999', 'x', '0', '-1', '1e3', '9'.repeat(30), '%00']) {
      const unknown = await app.call(method, feedPath(id), { token: owner.token });
      expect([unknown.status, unknown.body], id).toEqual([404, refused.body]);
    }
    expect((await app.call(method, feedPath(watchlist))).status).toBe(401);
    expect(await stateOf(watchlist)).toEqual(state);
    expect((await readFeed(app, path)).status).toBe(200);
  });

  it('shows what its own watchlist wants, and nothing else', async () => {
    const theirs = await watch(app, stranger, [['entity', 'other']], { name: 'Theirs' });
    await app.postEvents([provisionEvent({ entity: 'other', provision: 'theirs' })]);
    const [mine, other] = [await feedOf(app, owner, watchlist), await feedOf(app, stranger, theirs)];

    const [read, readOther] = [await readFeed(app, mine), await readFeed(app, other)];
    expect(provisionsOf(read.text)).toEqual(['mine']);
    expect(provisionsOf(readOther.text)).toEqual(['theirs']);
    expect(read.text).not.toMatch(/[Tt]heirs/);
    expect(readOther.text).not.toMatch(/[Mm]ine/);
    expect(read.headers.get('etag')).not.toBe(readOther.headers.get('etag'));
  });
});

describe('an address that there is not', () => {
  it.each(['x', 'A'.repeat(43), '%00', '%F0%9F%94%94', 'a%2Fb', "'or'1'='1", 'a'.repeat(2_000)])(
    'answers 404: %s',
    async (token) => {
      const answer = await readFeed(app, `/feeds/${token}`);
      expect([answer.status, answer.body.detail]).toEqual([404, 'There is no such feed.']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    },
  );
});

describe('a tier without feeds', () => {
  it('makes none, and says what lifts the limit', async () => {
    const account = await app.createAccount({ tier: 'free' });
    const id = await watch(app, account, []);
    const refused = await app.call('POST', feedPath(id), { token: account.token });
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.objectContaining({ limit: 'destinations', tier: 'free', liftedBy: 'watcher' }),
    ]);
  });

  it('shows nothing of a feed from before, which can be revoked, and comes back with the tier', async () => {
    const account = await app.createAccount({ tier: 'watcher' });
    const id = await watch(app, account, [['entity', 'acme']], { name: 'Hidden' });
    const path = await feedOf(app, account, id);
    const { headers } = await readFeed(app, path);
    const held = { 'if-none-match': headers.get('etag')! };
    const setTier = async (tier: string) =>
      app.call('PATCH', `/v1/accounts/${account.id}`, { token: app.operatorToken, body: { tier } });

    await setTier('free');
    const refused = await readFeed(app, path, held);
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toBe('The free tier holds no feeds. The watcher tier lifts this limit.');
    expect(refused.text).not.toContain('Hidden');
    expect((await stateOf(id, account)).createdAt).not.toBeNull();

    await setTier('watcher');
    expect((await readFeed(app, path, held)).status).toBe(304);
    await setTier('free');
    expect((await app.call('DELETE', feedPath(id), { token: account.token })).status).toBe(204);
    expect((await readFeed(app, path)).status).toBe(404);
  });
});
