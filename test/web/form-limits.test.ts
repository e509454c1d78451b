import { afterAll, beforeAll, expect, it } from 'vitest';
import { importLimits } from '../../src/watchlists/import-limits.js';
import { startApp, type TestApp } from '../support/app.js';
import { visitor } from '../support/visiting.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const formType = 'application/x-www-form-urlencoded';

function multipart(fields: Record<string, string>): { body: string; headers: Record<string, string> } {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    body: `${parts.join('')}--cut--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=cut' },
  };
}

it('no form takes more than it needs, and the one that takes a file no more than a file', async () => {
  const browser = await visitor(app, await app.createAccount());
  const cookie = browser.cookie();
  const size = async (path: string, bytes: number) =>
    (
      await app.call('POST', path, {
        headers: { cookie, 'content-type': formType },
        body: `text=${'x'.repeat(bytes)}`,
      })
    ).status;
  // Refused for its lack of a token, and so read.
  expect(await size('/watchlists/import', importLimits.requestBytes - 1_000)).toBe(403);
  expect(await size('/watchlists/import', importLimits.requestBytes + 1_000)).toBe(413);
  expect(await size('/settings/tokens', importLimits.requestBytes - 1_000)).toBe(413);
});

it('a form of parts is short, but for the one that takes a file', async () => {
  const headers = { cookie: (await visitor(app, await app.createAccount())).cookie() };
  const send = async (path: string, bytes: number) => {
    const form = multipart({ text: 'x'.repeat(bytes) });
    return (await app.call('POST', path, { body: form.body, headers: { ...headers, ...form.headers } }))
      .status;
  };
  expect(await send('/unsubscribe/x', 10_000)).toBe(404);
  expect(await send('/unsubscribe/x', 20_000)).toBe(413);
  expect(await send('/watchlists/import', 1_000_000)).toBe(403);
  expect(await send('/watchlists/import', importLimits.requestBytes + 1_000)).toBe(413);
});

it('a form of parts is taken by the pages that ask for one alone', async () => {
  const account = await app.createAccount();
  const form = multipart({ name: 'x' });
  for (const path of ['/v1/watchlists', '/settings/tokens', '/follow', '/operator/accounts/new']) {
    const { status } = await app.call('POST', path, {
      token: account.token,
      body: form.body,
      headers: { ...form.headers, cookie: (await visitor(app, account)).cookie() },
    });
    expect([path, status]).toEqual([path, 415]);
  }
});
