import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CoveredDocument } from '../../src/coverage/coverage-view.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { checkedEvent, unreachableEvent } from '../support/checks.js';
import { provisionEvent } from '../support/events.js';
import { watch } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
beforeAll(async () => {
  app = await startApp();
  const daysAgo = (days: number) => new Date(app.clock.now().getTime() - days * 86_400_000);
  await app.postEvents([
    checkedEvent({ document: 'acme-a', time: daysAgo(1), url: 'https://acme.test/a' }),
    checkedEvent({ document: 'acme-b', time: daysAgo(15) }),
    checkedEvent({ document: 'acme-c', time: daysAgo(2) }),
    unreachableEvent({ document: 'acme-c', time: daysAgo(0.5), data: { detail: 'HTTP 404' } }),
    provisionEvent({ document: 'acme-d', time: daysAgo(3).toISOString(), before: null }),
    checkedEvent({ entity: 'other', document: 'other-a', time: daysAgo(4) }),
  ]);
});
afterAll(async () => app.stop());
beforeEach(async () => {
  account = await app.createAccount();
});

const read = async (query = '', who = account) =>
  (await app.call('GET', `/v1/coverage${query}`, { token: who.token })).body;
const ids = async (who = account) => (await read('', who)).items.map((one: any) => one.document.id);

describe('the list of what an account follows', () => {
  it('says of each document when it was seen, and whether its silence can be trusted', async () => {
    await watch(app, account, [['entity', 'acme']]);
    const { items } = await read();
    for (const item of items) expect(CoveredDocument.parse(item)).toEqual(item);
    expect(items[0]).toEqual({
      document: { id: 'acme-a', title: 'Terms of acme', url: 'https://acme.test/a' },
      entity: { id: 'acme', name: 'Acme' },
      state: 'ok',
      lastVerified: expect.any(String),
      unreachable: null,
    });
    expect(items.map((one: any) => [one.document.id, one.state])).toEqual([
      ['acme-a', 'ok'],
      ['acme-b', 'unverified'],
      ['acme-c', 'unreachable'],
      ['acme-d', 'unknown'],
    ]);
    expect(items[2].unreachable).toEqual({ since: expect.any(String), detail: 'HTTP 404' });
  });

  it.each([
    ['document', 'acme-b', ['acme-b']],
    ['entity', 'other', ['other-a']],
    ['provision', 'acme-d-1', ['acme-d']],
    ['everything', '*', ['acme-a', 'acme-b', 'acme-c', 'acme-d', 'other-a']],
    ['category', 'liability', []],
    ['document', 'never-heard-of', []],
  ])('has what it follows by %s %s', async (kind, key, expected) => {
    await watch(app, account, [[kind, key]]);
    expect(await ids()).toEqual(expected);
  });

  it('has each document once, page by page, and only its own', async () => {
    const other = await app.createAccount();
    await watch(app, account, [
      ['document', 'acme-a'],
      ['entity', 'acme'],
    ]);
    await watch(app, account, [['provision', 'acme-d-1']]);
    await watch(app, other, [['entity', 'other']]);
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const { items, nextCursor } = await read(`?limit=1${cursor}`);
      seen.push(...items.map((one: any) => one.document.id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(['acme-a', 'acme-b', 'acme-c', 'acme-d']);
    expect(await ids(other)).toEqual(['other-a']);
  });

  it('is refused to who is no account, and under a cursor of another list', async () => {
    expect((await app.call('GET', '/v1/coverage', { token: app.operatorToken })).status).toBe(403);
    expect((await app.call('GET', '/v1/coverage?cursor=x', { token: account.token })).status).toBe(422);
  });

  it('is quick for 5,000 follows among 20,000 documents', async () => {
    const list = await watch(app, account, []);
    await app.database.execute(
      `insert into document (id, entity_id, title, updated_at)
       select 'big-' || n, 'other', 'Big', $1 from generate_series(1, 20000) n`,
      [app.clock.now()],
    );
    await app.database.execute(
      `insert into follow (watchlist_id, kind, key, account_id, since)
       select $1, 'document', 'big-' || n * 4, $2, $3 from generate_series(1, 5000) n`,
      [list, account.id, app.clock.now()],
    );
    const startedAt = performance.now();
    const { items } = await read('?limit=200');
    expect(items).toHaveLength(200);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('the page of a document', () => {
  const page = async (id: string) => app.call('GET', `/documents/${encodeURIComponent(id)}`);

  it('says when it was seen, and of what is out of sight since when and why', async () => {
    const { status, text } = await page('acme-c');
    expect(status).toBe(200);
    expect(text).toContain('Last verified');
    expect(text).toContain('Out of sight.');
    expect(text).toContain('HTTP 404');
    expect((await page('acme-a')).text).not.toContain('Out of sight.');
    expect((await page('acme-d')).text).toContain('Provision acme-d-1');
  });

  it('keeps hostile words words, and is not there for what is not', async () => {
    const document = 'a"><script>/1';
    await app.postEvents([
      unreachableEvent({
        entity: 'hostile',
        document,
        title: '<script>alert(1)</script>',
        time: app.clock.now(),
        data: { detail: '<img src=x onerror=alert(1)>' },
      }),
    ]);
    const { status, text } = await page(document);
    expect(status).toBe(200);
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img src=x');
    expect((await page('nowhere')).status).toBe(404);
    expect((await app.call('GET', '/documents/%00')).status).toBe(404);
  });
});
