import { expect } from 'vitest';
import type { TestAccount, TestApp } from './app.js';

/** Makes a watchlist that follows `follows`. @returns its id */
export async function watch(
  app: TestApp,
  account: TestAccount,
  follows: readonly (readonly [kind: string, key: string])[],
  options: Record<string, unknown> = {},
): Promise<string> {
  const made = await app.call('POST', '/v1/watchlists', {
    token: account.token,
    body: { name: 'Watch', ...options },
  });
  expect(made.status, made.text).toBe(201);
  for (const [kind, key] of follows) {
    const path = `/v1/watchlists/${made.body.id}/follows/${kind}/${encodeURIComponent(key)}`;
    const put = await app.call('PUT', path, { token: account.token });
    expect(put.status, put.text).toBe(204);
  }
  return made.body.id;
}

/** The account's deliveries, newest first. */
export async function deliveriesOf(app: TestApp, account: TestAccount): Promise<any[]> {
  return (await app.call('GET', '/v1/deliveries', { token: account.token })).body.items;
}

/** The account's alerts, newest first. */
export async function alertsOf(app: TestApp, account: TestAccount): Promise<any[]> {
  return (await app.call('GET', '/v1/alerts', { token: account.token })).body.items;
}

/** Makes a webhook destination. @returns it, with its secret */
export async function webhookTo(app: TestApp, account: TestAccount, url: string): Promise<any> {
  const made = await app.call('POST', '/v1/destinations', {
    token: account.token,
    body: { kind: 'webhook', settings: { url } },
  });
  expect(made.status, made.text).toBe(201);
  return made.body;
}
