import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

function asOperator(method: string, path: string, body?: unknown) {
  return app.call(method, path, { token: app.operatorToken, body });
}

describe('making an account', () => {
  it('answers the account, in UTC when no time zone is given', async () => {
    const { status, body } = await asOperator('POST', '/v1/accounts', {
      email: ' Ada@Example.org ',
      tier: 'free',
    });

    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      email: 'Ada@Example.org',
      tier: 'free',
      timeZone: 'UTC',
      quietHours: null,
      createdAt: app.clock.now().toISOString(),
    });
  });

  it('makes the address its first destination, which needs no confirming', async () => {
    const { token } = await app.createAccount({ tier: 'free', email: 'first@example.org' });

    const { body } = await app.call('GET', '/v1/destinations', { token });

    expect(body.items).toMatchObject([
      {
        kind: 'email',
        status: 'active',
        reason: null,
        label: null,
        settings: { address: 'first@example.org' },
      },
    ]);
  });

  it('refuses an address that another account has, whatever its case, and names it', async () => {
    await app.createAccount({ email: 'taken@example.org' });

    const { status, body } = await asOperator('POST', '/v1/accounts', {
      email: 'TAKEN@example.org',
      tier: 'free',
    });

    expect(status).toBe(409);
    expect(body.detail).toContain('TAKEN@example.org');
  });

  it('makes one account out of many requests for the same address', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        asOperator('POST', '/v1/accounts', { email: 'race@example.org', tier: 'free' }),
      ),
    );

    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(9);
  });

  it.each([
    [{ email: 'no-address', tier: 'free' }, 'email'],
    [{ email: 'a@b.example\r\nBcc: x@example.org', tier: 'free' }, 'email'],
    [{ email: 'nul\u0000@example.org', tier: 'free' }, 'email'],
    [{ email: 'b@example.org' }, 'tier'],
    [{ email: 'b@example.org', tier: 'gold' }, 'tier'],
    [{ email: 'b@example.org', tier: 'free', timeZone: 'Mars/Phobos' }, 'timeZone'],
    [{ email: 'b@example.org', tier: 'free', timeZone: '+02:00' }, 'timeZone'],
    [{ email: 'b@example.org', tier: 'free', admin: true }, 'admin'],
  ])('refuses %j and names the fault', async (given, fault) => {
    const { status, headers, body } = await asOperator('POST', '/v1/accounts', given);

    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(body.errors)).toContain(fault);
  });
});

describe('an account to its owner', () => {
  it('shows and changes time zone and quiet hours, and leaves the rest alone', async () => {
    const { id, token, email } = await app.createAccount({ tier: 'watcher' });

    await app.call('PATCH', '/v1/account', { token, body: { timeZone: 'Europe/Berlin' } });
    const changed = await app.call('PATCH', '/v1/account', {
      token,
      body: { quietHours: { from: '22:00', to: '07:00', breakThrough: 'high' } },
    });

    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      id,
      email,
      tier: 'watcher',
      timeZone: 'Europe/Berlin',
      quietHours: { from: '22:00', to: '07:00', breakThrough: 'high' },
    });
    expect((await app.call('GET', '/v1/account', { token })).body).toEqual(changed.body);
  });

  it('clears quiet hours with null, and only then', async () => {
    const { token } = await app.createAccount();
    const set = { quietHours: { from: '22:00', to: '07:00' } };
    await app.call('PATCH', '/v1/account', { token, body: set });

    const kept = await app.call('PATCH', '/v1/account', { token, body: {} });
    const cleared = await app.call('PATCH', '/v1/account', { token, body: { quietHours: null } });

    expect(kept.body.quietHours).toEqual({ from: '22:00', to: '07:00', breakThrough: null });
    expect(cleared.body.quietHours).toBeNull();
  });

  it.each([
    [{ tier: 'professional' }, 'tier'],
    [{ timeZone: 'Europe' }, 'timeZone'],
    [{ quietHours: { from: '24:00', to: '07:00' } }, 'quietHours.from'],
    [{ quietHours: { from: '07:00', to: '07:00' } }, 'quietHours.to'],
    [{ quietHours: { from: '22:00', to: '07:00', breakThrough: 'low' } }, 'quietHours.breakThrough'],
  ])('refuses %j and names the fault', async (changes, fault) => {
    const { token } = await app.createAccount();

    const { status, body } = await app.call('PATCH', '/v1/account', { token, body: changes });

    expect(status).toBe(422);
    expect(JSON.stringify(body.errors)).toContain(fault);
  });
});

describe('an account to the operator', () => {
  it('changes tier, time zone and quiet hours', async () => {
    const { id } = await app.createAccount({ tier: 'free' });
    const quietHours = { from: '21:30', to: '06:00', breakThrough: null };

    const { status, body } = await asOperator('PATCH', `/v1/accounts/${id}`, {
      tier: 'professional',
      timeZone: 'America/New_York',
      quietHours,
    });

    expect(status).toBe(200);
    expect(body).toMatchObject({ tier: 'professional', timeZone: 'America/New_York', quietHours });
    expect((await asOperator('GET', `/v1/accounts/${id}`)).body).toEqual(body);
  });

  it('makes tokens that are shown once and open the account', async () => {
    const { id } = await app.createAccount();

    const { status, body } = await asOperator('POST', `/v1/accounts/${id}/tokens`, { name: 'laptop' });

    expect(status).toBe(201);
    expect((await app.call('GET', '/v1/account', { token: body.token })).body.id).toBe(id);
    const kept = await app.database.query<{ text: string }>(
      `select t::text as text from api_token t where name = 'laptop'`,
    );
    expect(JSON.stringify(kept)).not.toContain(body.token);
  });

  it.each(['999999', '0', 'x', '99999999999999999999', '1%00'])(
    'answers 404 for the id %s, which no account has',
    async (id) => {
      const path = `/v1/accounts/${id}`;
      expect((await asOperator('GET', path)).status).toBe(404);
      expect((await asOperator('PATCH', path, { tier: 'free' })).status).toBe(404);
      expect((await asOperator('DELETE', path)).status).toBe(404);
      expect((await asOperator('POST', `${path}/tokens`, { name: 'x' })).status).toBe(404);
    },
  );

  it('is closed to tokens of accounts and to nobody', async () => {
    const { id, token } = await app.createAccount();
    const calls = [
      ['POST', '/v1/accounts'],
      ['GET', `/v1/accounts/${id}`],
      ['PATCH', `/v1/accounts/${id}`],
      ['DELETE', `/v1/accounts/${id}`],
      ['POST', `/v1/accounts/${id}/tokens`],
    ] as const;

    for (const [method, path] of calls) {
      expect((await app.call(method, path, { token })).status).toBe(403);
      expect((await app.call(method, path)).status).toBe(401);
    }
  });
});
