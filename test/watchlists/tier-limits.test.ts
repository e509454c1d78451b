import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type Answer, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

async function watchlist(account: TestAccount, body: unknown = { name: 'A' }): Promise<Answer> {
  return app.call('POST', '/v1/watchlists', { token: account.token, body });
}

async function follow(account: TestAccount, id: string, key: string): Promise<Answer> {
  return app.call('PUT', `/v1/watchlists/${id}/follows/entity/${key}`, { token: account.token });
}

async function setTier(account: TestAccount, tier: string): Promise<void> {
  await app.call('PATCH', `/v1/accounts/${account.id}`, { token: app.operatorToken, body: { tier } });
}

describe('the limit of watchlists', () => {
  it('names itself and the tier that lifts it', async () => {
    const account = await app.createAccount({ tier: 'free' });
    await watchlist(account);

    const { status, headers, body } = await watchlist(account);

    expect(status).toBe(403);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ limit: 'watchlists', allowed: 1, tier: 'free', liftedBy: 'watcher' });
    expect(body.detail).toMatch(/1 watchlist.*watcher/);
  });

  it('is lifted by the next tier at once', async () => {
    const account = await app.createAccount({ tier: 'free' });
    await watchlist(account);
    await setTier(account, 'watcher');

    expect((await watchlist(account)).status).toBe(201);
  });

  it('is exact when many are made at once', async () => {
    const account = await app.createAccount({ tier: 'watcher' });

    const answers = await Promise.all(Array.from({ length: 30 }, () => watchlist(account)));

    const made = answers.filter((answer) => answer.status === 201);
    const refused = answers.filter((answer) => answer.status === 403);
    expect([made.length, refused.length]).toEqual([20, 10]);
    expect(refused[0]?.body).toMatchObject({ allowed: 20, tier: 'watcher', liftedBy: 'professional' });
  });
});

describe('the limit of follows', () => {
  it('is summed over all watchlists, and does not count what is followed already', async () => {
    const account = await app.createAccount({ tier: 'watcher' });
    const ids = [(await watchlist(account)).body.id, (await watchlist(account)).body.id];
    await follow(account, ids[0], 'a');
    await follow(account, ids[1], 'a');
    await follow(account, ids[1], 'b');
    await setTier(account, 'free');

    const refused = await follow(account, ids[0], 'b');
    const again = await follow(account, ids[0], 'a');

    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ limit: 'follows', allowed: 3, tier: 'free', liftedBy: 'watcher' });
    expect(again.status).toBe(204);
  });

  it('is exact when many are followed at once', async () => {
    const account = await app.createAccount({ tier: 'free' });
    const { id } = (await watchlist(account)).body;

    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => follow(account, id, `e${n}`)));

    expect(answers.filter((answer) => answer.status === 204)).toHaveLength(3);
    expect(answers.filter((answer) => answer.status === 403)).toHaveLength(27);
  });

  it('says so when no tier lifts it', async () => {
    const account = await app.createAccount({ tier: 'professional' });
    const { id } = (await watchlist(account)).body;
    await app.database.execute(
      `insert into follow (watchlist_id, kind, key, account_id, since)
       select $1, 'entity', 'e' || n, $2, now() from generate_series(1, 5000) n`,
      [id, account.id],
    );

    const { status, body } = await follow(account, id, 'more');

    expect(status).toBe(403);
    expect(body).toMatchObject({ limit: 'follows', allowed: 5_000, liftedBy: null });
  });
});

describe('the limit of cadences', () => {
  it('refuses what the tier does not hold, when making and when changing a watchlist', async () => {
    const account = await app.createAccount({ tier: 'free' });
    const instant = { name: 'A', cadence: { mode: 'instant' } };

    const refused = await watchlist(account, instant);
    const { id } = (await watchlist(account)).body;
    const path = `/v1/watchlists/${id}`;
    const changed = await app.call('PATCH', path, { token: account.token, body: instant });

    for (const { status, body } of [refused, changed]) {
      expect(status).toBe(403);
      expect(body).toMatchObject({
        limit: 'cadence',
        allowed: ['weekly'],
        tier: 'free',
        liftedBy: 'watcher',
      });
    }
  });

  it('lets a watchlist from before a lower tier be renamed', async () => {
    const account = await app.createAccount({ tier: 'watcher' });
    const { id } = (await watchlist(account)).body;
    await setTier(account, 'free');

    const { status, body } = await app.call('PATCH', `/v1/watchlists/${id}`, {
      token: account.token,
      body: { name: 'B' },
    });

    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'B', cadence: { mode: 'instant' } });
  });
});
