import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionService } from '../../../src/accounts/session.service.js';
import { startApp, type TestApp } from '../../support/app.js';
import { routesOf } from '../../support/routes.js';
import { visitor } from '../../support/visiting.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

/** Public, and no pages: each takes nothing from a browser's form, or proves by itself who sends it. */
const publicWithoutPages = new Set([
  'AssetsController',
  'CrawlersController',
  'FeedController',
  'HealthController',
  'MailboxController',
  'SesReportsController',
  'PostmarkReportsController',
  'SlackInteractionsController',
  'SlackEventsController',
]);

/** Whoever has the link may post it: mail providers do (RFC 8058). What they stand on is signed. */
const linkHolderForms = new Set([
  'ConfirmController.confirm',
  'UnsubscribeController.stop',
  'SlackOauthController.add',
]);

it('nothing is public but pages, and what is known to be none', () => {
  const others = routesOf(app).filter(
    ({ access, pagesFor }) => access === 'public' && pagesFor === undefined,
  );
  const controllers = [...new Set(others.map(({ name }) => name.split('.')[0]!))];
  expect(controllers.filter((name) => !publicWithoutPages.has(name))).toEqual([]);
});

it('every form of a page is refused without its token, whoever is signed in', async () => {
  const account = await app.createAccount();
  const forms = routesOf(app).filter(({ method, pagesFor }) => method !== 'GET' && pagesFor !== undefined);
  expect(forms.map(({ name }) => name)).toContain('SignOutController.signOut');
  const open = forms.filter(({ pagesFor }) => pagesFor === 'link-holder').map(({ name }) => name);
  expect(open.filter((name) => !linkHolderForms.has(name))).toEqual([]);
  for (const reader of [undefined, account, 'operator'] as const) {
    const browser = await visitor(app, reader);
    await browser.get('/sign-in');
    for (const { name, path, method, pagesFor } of forms) {
      if (pagesFor === 'link-holder') continue;
      for (const body of ['', 'form_token=guess']) {
        const answer = await app.call(method, path.replaceAll(/:\w+/g, '1'), {
          headers: { cookie: browser.cookie(), 'content-type': 'application/x-www-form-urlencoded' },
          body,
        });
        expect([name, answer.status]).toEqual([name, 403]);
      }
    }
  }
});

describe('a session', () => {
  const isSignedIn = async (cookie: string) =>
    (await app.call('GET', '/recent', { headers: { cookie } })).text.includes('Sign out');

  it('ends with signing out, on the server too', async () => {
    const browser = await visitor(app, await app.createAccount());
    const cookie = browser.cookie();
    expect(await isSignedIn(cookie)).toBe(true);
    const out = await browser.submit('/recent', '/sign-out');
    expect(out.location).toBe('/sign-in?said=signed-out');
    expect((await browser.get(out.location!)).text).toContain('You are signed out');
    expect(browser.cookie()).not.toContain('tocsin-session');
    expect(await isSignedIn(cookie)).toBe(false);
  });

  it('ends after 30 days without use, and use puts that off', async () => {
    const cookie = (await visitor(app, await app.createAccount())).cookie();
    app.clock.advance(29 * 86_400);
    expect(await isSignedIn(cookie)).toBe(true);
    app.clock.advance(29 * 86_400);
    expect(await isSignedIn(cookie)).toBe(true);
    app.clock.advance(30 * 86_400);
    expect(await isSignedIn(cookie)).toBe(false);
  });

  it('ends with the account', async () => {
    const account = await app.createAccount();
    const cookie = (await visitor(app, account)).cookie();
    await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
    expect(await isSignedIn(cookie)).toBe(false);
  });
});

describe('behind https', () => {
  it('cookies are Secure and of this host alone, and browsers are kept to https', async () => {
    const secure = await startApp({ PUBLIC_URL: 'https://tocsin.example' });
    try {
      const port = (secure.app.getHttpServer().address() as { port: number }).port;
      const base = `http://127.0.0.1:${port}`;
      const form = await fetch(`${base}/operator/sign-in`);
      expect(form.headers.get('strict-transport-security')).toBe('max-age=31536000');
      const [mark] = form.headers.getSetCookie();
      expect(mark).toMatch(/^__Host-tocsin-browser=.*Path=\/; HttpOnly; Secure; SameSite=Lax$/i);
      const token = /name="form_token" value="([^"]+)"/.exec(await form.text())![1]!;
      const entered = await fetch(`${base}/operator/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: mark!.split(';')[0]! },
        body: new URLSearchParams({ form_token: token, token: secure.operatorToken }),
      });
      expect(entered.status).toBe(303);
      const [session] = entered.headers.getSetCookie();
      expect(session).toMatch(
        /^__Host-tocsin-session=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/i,
      );
      expect(await secure.app.get(SessionService).find(session!.split(/[=;]/)[1]!)).toEqual({
        kind: 'operator',
      });
    } finally {
      await secure.stop();
    }
  });
});

describe('headers', () => {
  it('are on every answer, and the strict policy on every page', async () => {
    for (const path of ['/', '/sign-in', '/nowhere', '/v1/account', '/docs']) {
      const { headers } = await app.call('GET', path, { headers: { accept: 'text/html' } });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
      expect(/unsafe/.test(headers.get('content-security-policy')!)).toBe(path === '/docs');
    }
  });

  it('an unknown address is a page to people, and problem details to programs', async () => {
    const page = await app.call('GET', '/nowhere', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.text).toContain('<h1>Nothing here</h1>');
    for (const [path, accept] of [
      ['/nowhere', '*/*'],
      ['/v1/nowhere', 'text/html'],
    ] as const) {
      const { status, headers } = await app.call('GET', path, { headers: { accept } });
      expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    }
  });
});
