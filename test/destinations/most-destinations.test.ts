import { expect, it } from 'vitest';
import { startApp } from '../support/app.js';

it('lets an account have five hundred destinations, and one more once it has deleted one', async () => {
  const app = await startApp();
  const account = await app.createAccount();
  const call = async (method: string, path: string, body?: unknown) =>
    app.call(method, path, { token: account.token, body });
  // Its own address is the first.
  await app.database.execute(
    `insert into destination (account_id, kind, status, settings, created_at)
     select $1, 'webhook', 'active', '{"url": "https://hooks.example.org/"}', now() from generate_series(1, 499)`,
    [account.id],
  );
  const another = { kind: 'webhook', settings: { url: 'https://hooks.example.org/' } };
  const refused = await call('POST', '/v1/destinations', another);
  expect([refused.status, refused.body.detail]).toEqual([
    403,
    'An account has at most 500 destinations: delete one first.',
  ]);
  const [, second] = (await call('GET', '/v1/destinations?limit=2')).body.items;
  await call('DELETE', `/v1/destinations/${second.id}`);
  expect((await call('POST', '/v1/destinations', another)).status).toBe(201);
  await app.stop();
});
