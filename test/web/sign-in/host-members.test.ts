import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { visitor } from '../../support/visiting.js';
import { audience, issuer, startHostArchive, type HostArchive } from './host-archive.js';

let host: HostArchive;
let app: TestApp;
beforeAll(async () => {
  host = await startHostArchive();
  app = await startApp({
    ...host.settings,
    AUTH_SIGN_IN_URL: 'https://archive.example/in?to={next}',
    SIGN_UP: 'open',
  });
});
afterAll(async () => {
  await app.stop();
  await host.close();
});

/** The cookie of somebody whom the archive signed in. */
async function cookieOf(sub: string, more: Record<string, unknown> = {}): Promise<string> {
  const exp = Math.floor(app.clock.now().getTime() / 1_000) + 300;
  const email = `${sub}@example.org`;
  const claims = { iss: issuer, aud: audience, sub, exp, email, email_verified: true, ...more };
  return `archive_jwt=${await host.token(claims)}`;
}
const accountsOf = async (sub: string) =>
  app.database.query<{ id: string }>('select id from account where email = $1', [`${sub}@example.org`]);
/** A browser whose only sign-in is the archive's. */
async function browserOf(cookie: string) {
  const browser = await visitor(app);
  const { text } = await browser.get('/settings', { cookie });
  const form_token = /name="form_token" value="([^"]+)"/.exec(text)![1]!;
  const cookies = `${cookie}; ${browser.cookie()}`;
  return {
    get: async (path: string) => browser.get(path, { cookie: cookies }),
    post: async (path: string, fields: Record<string, string> = {}) =>
      browser.post(path, { form_token, ...fields }, { cookie: cookies }),
  };
}

it('who only reads what is everybody’s gets no account', async () => {
  const headers = { cookie: await cookieOf('reader') };
  for (const path of ['/', '/recent', '/goodbye', '/search', '/nowhere']) {
    const { text } = await app.call('GET', path, { headers: { ...headers, accept: 'text/html' } });
    expect(text, path).not.toContain('reader@example.org');
  }
  expect(await accountsOf('reader')).toEqual([]);
  expect((await app.call('GET', '/overview', { headers })).status).toBe(200);
  expect(await accountsOf('reader')).toHaveLength(1);
});

it('an account comes of going to sign in, and then the reader is led back', async () => {
  const headers = { cookie: await cookieOf('back') };
  const signIn = await app.call('GET', '/sign-in?next=/recent', { headers });
  expect([signIn.status, signIn.headers.get('location')]).toEqual([303, '/recent']);
  expect((await app.call('GET', '/recent', { headers })).text).toContain('back@example.org');
});

it('who can have no account is told why, and not sent back and forth', async () => {
  const headers = { cookie: await cookieOf('unverified', { email_verified: false }) };
  for (const path of ['/sign-in', '/overview']) {
    const { status, text } = await app.call('GET', path, { headers });
    expect([status, text.includes('Verify your address there')]).toEqual([403, true]);
  }
});

it('an account that was deleted stays deleted', async () => {
  const browser = await browserOf(await cookieOf('gone'));
  expect(await accountsOf('gone')).toHaveLength(1);
  const deleted = await browser.post('/settings/data/delete', { address: 'gone@example.org' });
  expect(deleted.location).toBe('/goodbye');
  const goodbye = await browser.get('/goodbye');
  expect([goodbye.status, goodbye.text.includes('gone@example.org')]).toEqual([200, false]);
  await browser.get('/');
  expect(await accountsOf('gone')).toEqual([]);
});

it('an archive for members alone is read by whom the archive signed in', async () => {
  const closed = await startApp({ ...host.settings, SIGN_UP: 'open', PUBLIC_ARCHIVE: 'members' });
  try {
    const cookie = await cookieOf('inside');
    expect((await closed.call('GET', '/entities', { headers: { cookie } })).status).toBe(200);
    expect((await closed.call('GET', '/entities')).status).toBe(303);
  } finally {
    await closed.stop();
  }
});

it('sessions of the account are listed and ended, though this browser has none of ours', async () => {
  const browser = await browserOf(await cookieOf('mixed'));
  const alone = await browser.get('/settings/sessions');
  expect(alone.text).toContain('signed you in: sign out there');
  expect(alone.text).not.toContain('end-others');
  const [account] = await accountsOf('mixed');
  const mailed = await visitor(app, account);
  expect((await mailed.get('/settings')).status).toBe(200);
  expect((await browser.get('/settings/sessions')).text).toContain('end-others');
  expect((await browser.post('/settings/sessions/end-others')).location).toBe(
    '/settings/sessions?said=others',
  );
  expect((await mailed.get('/settings')).status).toBe(303);
  expect((await browser.get('/settings')).status).toBe(200);
  expect((await browser.post('/settings/sessions/0/end')).status).toBe(404);
});
