import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { watch } from '../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const exported = async ({ token }: TestAccount) =>
  (await app.call('GET', '/v1/watchlists/export', { token })).body;
const take = async ({ token }: TestAccount, body: unknown, query = '') =>
  app.call('POST', `/v1/watchlists/import${query}`, { token, body });

describe('what an account exports', () => {
  it('is taken in by another account as it was, and twice changes nothing', async () => {
    const [one, other] = [await app.createAccount(), await app.createAccount()];
    await watch(
      app,
      one,
      [
        ['entity', 'acme'],
        ['category', 'privacy'],
      ],
      {
        name: 'First',
        rule: { minSeverity: 'high', keywords: '"class action" -trial' },
        confirmAfter: 6,
      },
    );
    await watch(app, one, [['everything', '*']], {
      name: 'First',
      cadence: { mode: 'weekly', on: 'friday', at: '09:30', heartbeat: true },
    });
    await watch(app, one, [], { name: 'Empty', destinationIds: [] });
    const all = await exported(one);
    const first = await take(other, all);
    expect(first.status, first.text).toBe(200);
    expect(
      first.body.watchlists.map((list: any) => [list.action, list.followsAdded, list.destinationsLeftOut]),
    ).toEqual([
      ['add', 2, 1],
      ['add', 1, 1],
      ['add', 0, 0],
    ]);
    const nowhere = (of: any) =>
      of.watchlists.map(({ destinationIds, ...list }: any) => [destinationIds.length, list]);
    expect(nowhere(await exported(other))).toEqual(nowhere(all));
    const again = await take(other, all);
    expect(again.body.watchlists.map((list: any) => list.action)).toEqual(['keep', 'keep', 'keep']);
    expect(nowhere(await exported(other))).toEqual(nowhere(all));
    const own = await take(one, all);
    expect(own.body.watchlists.map((list: any) => list.action)).toEqual(['keep', 'keep', 'keep']);
  });

  it('comes as CSV on demand', async () => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'acme']], { name: '=1+1' });
    const csv = await app.call('GET', '/v1/watchlists/export?format=csv', { token: account.token });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.text).toMatch(/^watchlist,number,.*\r\n'=1\+1,1,low,any,0,/);
  });
});

describe('an import', () => {
  it('changes what it names, adds follows, and takes none away', async () => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'a']], { name: 'Mine', rule: { keywords: 'privacy' } });
    const given = {
      watchlists: [{ name: 'Mine', rule: { minSeverity: 'high' }, follows: [{ kind: 'entity', key: 'b' }] }],
    };
    const preview = await take(account, given, '?preview=true');
    expect(preview.body.watchlists).toMatchObject([{ action: 'change', changed: ['rule'], followsAdded: 1 }]);
    expect((await exported(account)).watchlists[0].follows).toHaveLength(1);
    expect((await take(account, given)).body).toEqual(preview.body);
    expect(await exported(account)).toMatchObject({
      watchlists: [
        { rule: { minSeverity: 'high', keywords: 'privacy' }, follows: [{ key: 'a' }, { key: 'b' }] },
      ],
    });
  });

  it('holds exactly what the tier holds, and writes nothing of what is more', async () => {
    const account = await app.createAccount({ tier: 'free' });
    const list = (name: string, count: number, more = {}) => ({
      name,
      follows: Array.from({ length: count }, (_, index) => ({ kind: 'entity', key: `e${index}` })),
      ...more,
    });
    for (const refused of [
      { watchlists: [list('A', 4)] },
      { watchlists: [list('A', 1), list('B', 0)] },
      { watchlists: [list('A', 1, { cadence: { mode: 'instant' } })] },
    ]) {
      for (const query of ['', '?preview=true']) {
        const { status, body } = await take(account, refused, query);
        expect([status, body.liftedBy]).toEqual([403, 'watcher']);
      }
      expect((await exported(account)).watchlists).toEqual([]);
    }
    expect((await take(account, { watchlists: [list('A', 3)] })).status).toBe(200);
    expect((await take(account, { watchlists: [list('A', 3)] })).status).toBe(200);
    expect((await take(account, { watchlists: [list('A', 4)] })).status).toBe(403);
  });

  it('names every fault by its path, and a large one is refused', async () => {
    const account = await app.createAccount();
    const { status, body } = await take(account, {
      watchlists: [
        { name: 'A' },
        {
          name: '',
          follows: [
            { kind: 'entity', key: 'x' },
            { kind: 'planet', key: 'y' },
          ],
        },
      ],
    });
    expect(status).toBe(422);
    expect(body.errors.map((fault: any) => fault.path)).toEqual([
      'watchlists[1].name',
      'watchlists[1].follows[1].kind',
    ]);
    const words = await take(account, {
      watchlists: [{ name: 'A' }, { name: 'B', rule: { keywords: '!!' } }],
    });
    expect(words.body.errors[0].path).toBe('watchlists[1].rule.keywords');
    const json = { 'content-type': 'application/json' };
    const large = async (bytes: number) =>
      app.call('POST', '/v1/watchlists/import', {
        token: account.token,
        headers: json,
        body: `{"watchlists": []${' '.repeat(bytes)}}`,
      });
    expect((await large(1_000_000)).status).toBe(200);
    expect((await large(1_100_000)).status).toBe(413);
  });

  it('touches nothing of another account', async () => {
    const [owner, stranger] = [await app.createAccount(), await app.createAccount()];
    await watch(app, owner, [['entity', 'a']], { name: 'Mine' });
    const mine = await exported(owner);
    await take(stranger, {
      watchlists: [
        { name: 'Mine', rule: { minSeverity: 'high' }, destinationIds: mine.watchlists[0].destinationIds },
      ],
    });
    expect(await exported(owner)).toEqual(mine);
    expect((await exported(stranger)).watchlists[0].destinationIds).not.toEqual(
      mine.watchlists[0].destinationIds,
    );
  });
});
