import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;
let owner: TestAccount;
let stranger: TestAccount;

beforeAll(async () => {
  app = await startApp();
  [owner, stranger] = [await app.createAccount(), await app.createAccount()];
});
afterAll(async () => app.stop());

const make = async (name: string) =>
  app.call('POST', '/v1/account/tokens', { token: owner.token, body: { name } });
const list = async (who = owner) =>
  (await app.call('GET', '/v1/account/tokens', { token: who.token })).body.items;

describe('the tokens of an account', () => {
  it('are made, work, and show what opens the door once', async () => {
    const { status, body } = await make('nightly job');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'nightly job',
      lastUsedAt: null,
      token: expect.stringMatching(/^toc_/),
    });
    expect((await app.call('GET', '/v1/account', { token: body.token })).body.id).toBe(owner.id);
    expect(JSON.stringify(await list())).not.toContain(body.token);
  });

  it('tell when they were last used, to the hour', async () => {
    const { body } = await make('clockwork');
    const lastUse = async () => (await list()).find(({ id }: any) => id === body.id).lastUsedAt;
    const use = async () => app.call('GET', '/v1/account', { token: body.token });
    expect(await lastUse()).toBeNull();
    const first = app.clock.now().toISOString();
    await use();
    expect(await lastUse()).toBe(first);
    app.clock.advance(3_599);
    await use();
    expect(await lastUse()).toBe(first);
    app.clock.advance(1);
    await use();
    expect(await lastUse()).toBe(app.clock.now().toISOString());
  });

  it('open nothing once they are withdrawn, by their owner alone', async () => {
    const { body } = await make('lost laptop');
    const withdraw = async (who: TestAccount, id = body.id) =>
      (await app.call('DELETE', `/v1/account/tokens/${id}`, { token: who.token })).status;
    expect(await withdraw(stranger)).toBe(404);
    expect((await app.call('GET', '/v1/account', { token: body.token })).status).toBe(200);
    expect(await withdraw(owner)).toBe(204);
    expect((await app.call('GET', '/v1/account', { token: body.token })).status).toBe(401);
    for (const id of [body.id, '0', 'abc', '99999999999999999999'])
      expect(await withdraw(owner, id)).toBe(404);
    expect((await list(stranger)).map(({ name }: any) => name)).toEqual(['test']);
  });

  it('are fifty at most, and then it says what to do', async () => {
    const { token, id } = await app.createAccount();
    await app.database.execute(
      `insert into api_token (account_id, scope, name, hash, created_at)
       select $1, 'account', 'n' || n, sha256(n::text::bytea), now() from generate_series(1, 49) n`,
      [id],
    );
    const { status, body } = await app.call('POST', '/v1/account/tokens', { token, body: { name: 'more' } });
    expect(status).toBe(403);
    expect(body.detail).toContain('withdraw one first');
  });

  it('need a name', async () => {
    const { status, body } = await make('   ');
    expect(status).toBe(422);
    expect(body.errors[0].path).toBe('name');
  });
});
