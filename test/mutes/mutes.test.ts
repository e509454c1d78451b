import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  account = await app.createAccount();
});

const call = async (method: string, path: string, body?: unknown, who = account) =>
  app.call(method, `/v1/mutes${path}`, { token: who.token, ...(body !== undefined && { body }) });
const listed = async () => (await call('GET', '')).body.items;
const inHours = (hours: number) => new Date(app.clock.now().getTime() + hours * 3_600_000).toISOString();

describe('the mutes of an account', () => {
  it('are made and lifted by kind and key, however often', async () => {
    for (let time = 0; time < 2; time++) {
      expect((await call('PUT', '/provision/CA%2FP 1')).status).toBe(204);
      expect((await call('PUT', '/document/CA-D-1', { until: null })).status).toBe(204);
    }
    const since = app.clock.now().toISOString();
    expect(await listed()).toEqual([
      { kind: 'document', key: 'CA-D-1', since, until: null },
      { kind: 'provision', key: 'CA/P 1', since, until: null },
    ]);
    for (let time = 0; time < 2; time++) expect((await call('DELETE', '/document/CA-D-1')).status).toBe(204);
    expect(await listed()).toMatchObject([{ kind: 'provision' }]);
  });

  it('take a new end, and keep since when', async () => {
    const since = app.clock.now().toISOString();
    const until = inHours(2);
    await call('PUT', '/provision/a');
    app.clock.advance(60);
    await call('PUT', '/provision/a', { until: until.replace('Z', '+00:00') });
    expect(await listed()).toEqual([{ kind: 'provision', key: 'a', since, until }]);
    await call('PUT', '/provision/a', {});
    expect(await listed()).toMatchObject([{ until: null }]);
  });

  it('that are over are listed no more, and go with the next one', async () => {
    await call('PUT', '/provision/a', { until: inHours(1) });
    app.clock.advance(3_600);
    expect(await listed()).toEqual([]);
    await call('PUT', '/provision/b');
    const kept = await app.database.query(`select key from mute where account_id = $1`, [account.id]);
    expect(kept).toEqual([{ key: 'b' }]);
  });

  it.each([
    ['/entity/a', undefined, 'kind'],
    ['/provision/%0A', undefined, 'key'],
    ['/provision/a', { until: 'tomorrow' }, 'until'],
    ['/provision/a', { until: '2020-01-01T00:00:00Z' }, 'until'],
    ['/provision/a', { untill: null }, 'untill'],
  ])('are refused as %s with %j', async (path, body, fault) => {
    const refused = await call('PUT', path, body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ path: fault }]);
    expect(await listed()).toEqual([]);
  });

  it('come in pages', async () => {
    for (const key of ['a', 'b', 'c d']) await call('PUT', `/provision/${encodeURIComponent(key)}`);
    const page = await call('GET', '?limit=2');
    expect(page.body.items).toHaveLength(2);
    const rest = await call('GET', `?limit=2&cursor=${page.body.nextCursor}`);
    expect(rest.body).toMatchObject({ items: [{ key: 'c d' }], nextCursor: null });
  });

  it('are bounded', async () => {
    await app.database.execute(
      `insert into mute (account_id, kind, key, since) select $1, 'provision', n::text, now() from generate_series(1, 5000) n`,
      [account.id],
    );
    expect((await call('PUT', '/provision/1')).status).toBe(204);
    const refused = await call('PUT', '/provision/one-more');
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('5000 mutes')]);
    await call('DELETE', '/provision/1');
    expect((await call('PUT', '/provision/one-more')).status).toBe(204);
  });

  it('go with the account', async () => {
    await call('PUT', '/provision/a');
    await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
    expect(await app.database.query(`select from mute where account_id = $1`, [account.id])).toEqual([]);
  });
});
