import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionService } from '../../../src/accounts/session.service.js';
import { SignInMails } from '../../../src/accounts/sign-in-mails.service.js';
import { TokenService } from '../../../src/accounts/token.service.js';
import { ChannelRegistry } from '../../../src/channels/registry.js';
import { startApp, type TestApp } from '../../support/app.js';
import { mailTo } from '../../support/inbox-of-mail.js';
import { routesOf } from '../../support/routes.js';
import { visitor } from '../../support/visiting.js';
import { askFor, linkTo, use } from './sign-in-steps.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const tokenIn = (page: string) => /name="form_token" value="([^"]+)"/.exec(page)![1]!;

describe('another site', () => {
  it('posts nothing, even with a token that it got hold of', async () => {
    const account = await app.createAccount();
    const browser = await visitor(app, account);
    const form_token = tokenIn((await browser.get('/settings')).text);
    const fields = { form_token, timeZone: 'Asia/Tokyo' };
    const post = async (from: string) =>
      browser.post('/settings/time-zone', fields, { 'sec-fetch-site': from });
    expect((await post('cross-site')).status).toBe(403);
    expect((await post('same-origin')).status).toBe(303);
  });

  it('has no use for a token of another browser, another session or a page from before signing in', async () => {
    const [mine, theirs, nobody] = [
      await visitor(app, await app.createAccount()),
      await visitor(app, await app.createAccount()),
      await visitor(app),
    ];
    const own = tokenIn((await mine.get('/settings')).text);
    for (const other of [theirs, nobody]) {
      const page = await other.get(other === nobody ? '/sign-in' : '/settings');
      const form_token = tokenIn(page.text);
      expect((await mine.post('/settings/time-zone', { form_token, timeZone: 'UTC' })).status).toBe(403);
      expect((await other.post('/settings/time-zone', { form_token: own, timeZone: 'UTC' })).status).toBe(
        403,
      );
    }
  });
});

describe('who asks under another name', () => {
  it('gets links to PUBLIC_URL by mail, and paths of this site alone', async () => {
    const account = await app.createAccount();
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const page = await rawly('GET', '/sign-in', headers);
    const cookie = page.cookie.split(';')[0]!;
    const body = new URLSearchParams({ form_token: tokenIn(page.text), email: account.email }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = await rawly('POST', '/sign-in', { ...headers, ...type, cookie }, body);
    expect([asked.status, asked.location]).toEqual([303, '/sign-in/sent']);
    await app.app.get(SignInMails).settled();
    const [mail] = await mailTo(app, account.email);
    expect(mail!.text).toContain(`${app.url}/sign-in/`);
    expect(`${mail!.text}${mail!.html}${page.text}`).not.toContain('evil.example');
  });

  it('is counted by the address that connects: X-Forwarded-For is believed of proxies alone', async () => {
    app.clock.advance(86_400);
    const ask = async (n: number) =>
      app.call('GET', `/sign-in/wrong${n}`, { headers: { 'x-forwarded-for': `198.51.100.${n}` } });
    for (let n = 0; n < 20; n++) expect((await ask(n)).status).toBe(410);
    expect((await ask(21)).status).toBe(429);
    app.clock.advance(86_400);
  });
});

describe('an answer', () => {
  it('does not wait for the mail, whoever has the address', async () => {
    const account = await app.createAccount();
    const email = app.app.get(ChannelRegistry).find('email')!;
    const send = email.send.bind(email);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    email.send = async (...given) => held.then(async () => send(...given));
    try {
      for (const address of [account.email, 'no-one@example.org']) {
        const browser = await visitor(app);
        expect((await browser.submit('/sign-in', '/sign-in', { email: address })).status).toBe(303);
      }
    } finally {
      goOn();
      email.send = send;
    }
    await app.app.get(SignInMails).settled();
    expect(await mailTo(app, account.email)).toHaveLength(1);
  });

  it('to a member or the operator is kept by no cache, page, part or file', async () => {
    const account = await app.createAccount();
    for (const [as, pagesFor] of [
      [account, 'member'],
      ['operator', 'operator'],
      [account, 'archive'],
    ] as const) {
      const browser = await visitor(app, as);
      const pages = routesOf(app).filter((route) => route.method === 'GET' && route.pagesFor === pagesFor);
      expect(pages.length).toBeGreaterThan(5);
      for (const { path } of pages) {
        const { headers } = await browser.get(path.replaceAll(/:\w+/g, '1'));
        expect([path, headers.get('cache-control')]).toEqual([path, 'private, no-store']);
        expect([path, headers.get('x-robots-tag')]).toEqual([path, 'noindex, nofollow']);
      }
    }
  });

  it('repeats nothing of an address that leads nowhere', async () => {
    const member = await visitor(app, await app.createAccount());
    const typed = encodeURIComponent('<b>tocsin-x</b>tocsin-y');
    for (const path of [
      `/${typed}`,
      `/entities/${typed}`,
      `/changes/${typed}`,
      `/sign-in/${typed}`,
      `/unsubscribe/${typed}`,
      `/confirm/${typed}`,
      `/alerts/1?key=${typed}`,
      `/recent?cursor=${typed}&entity=x`,
      `/sign-in?said=${typed}`,
      `/destinations?said=${typed}&cursor=${typed}`,
      `/watchlists/${typed}`,
      `/assets/${typed}`,
      `/sitemaps/${typed}`,
    ]) {
      const { text } = await member.get(path, { accept: 'text/html' });
      // What a form brings back, such as the way back, is words there.
      expect(text.replaceAll(encodeURIComponent(typed), '').replaceAll(typed, ''), path).not.toContain(
        'tocsin-y',
      );
    }
  });
});

describe('a session', () => {
  it('that the browser had ends when another begins there', async () => {
    app.clock.advance(86_400);
    const { email } = await app.createAccount();
    const operator = await visitor(app, 'operator');
    const form_token = tokenIn((await operator.get('/recent')).text);
    const member = await visitor(app);
    await askFor(app, member, email);
    const link = (await linkTo(app, email))!;
    // A browser with both: the page would lead on who is signed in, a form from before it still can be sent.
    const cookie = `${member.cookie()}; ${operator.cookie()}`;
    expect((await member.post(link, { form_token }, { cookie })).location).toBe('/overview');
    expect((await operator.get('/operator')).status).toBe(303);
    expect((await member.get('/settings')).status).toBe(200);
  });

  it('of the operator ends with the token that it came of', async () => {
    const token = await app.app.get(TokenService).create('operator', 'of a colleague');
    const browser = await visitor(app);
    await browser.submit('/operator/sign-in', '/operator/sign-in', { token });
    expect((await browser.get('/operator')).status).toBe(200);
    await app.database.execute(`delete from api_token where name = 'of a colleague'`);
    expect((await browser.get('/operator')).status).toBe(303);
  });

  it('of a narrower token is none', async () => {
    for (const scope of ['ingest', 'bounces'] as const) {
      const token = await app.app.get(TokenService).create(scope, scope);
      const browser = await visitor(app);
      const refused = await browser.submit('/operator/sign-in', '/operator/sign-in', { token });
      expect(refused.status).toBe(422);
      const session = await app.app.get(SessionService).begin({ operatorToken: token }, 'a test');
      expect(await app.app.get(SessionService).find(session)).toBeNull();
    }
    const { token } = await app.createAccount();
    const browser = await visitor(app);
    expect((await browser.submit('/operator/sign-in', '/operator/sign-in', { token })).status).toBe(422);
  });

  it('has a cookie without Secure where there is no https, so that it is kept', async () => {
    app.clock.advance(86_400);
    const account = await app.createAccount();
    const browser = await visitor(app);
    await askFor(app, browser, account.email);
    const entered = await use(browser, (await linkTo(app, account.email))!);
    const cookie = entered.headers.getSetCookie().find((one) => one.startsWith('tocsin-session='));
    expect(cookie).toMatch(/^tocsin-session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
  });
});

it('a link is looked at by scanners without being used up', async () => {
  app.clock.advance(86_400);
  const account = await app.createAccount();
  const browser = await visitor(app);
  await askFor(app, browser, account.email);
  const link = (await linkTo(app, account.email))!;
  for (const method of ['GET', 'HEAD']) {
    const answer = await app.call(method, link, { headers: { 'user-agent': 'a scanner' } });
    expect([answer.status, answer.headers.getSetCookie().join().includes('session')]).toEqual([403, false]);
  }
  expect((await use(browser, link)).location).toBe('/overview');
});

async function rawly(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; text: string; cookie: string; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(app.url + path, { method, headers, setHost: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          text,
          cookie: answer.headers['set-cookie']?.[0] ?? '',
          location: answer.headers.location,
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
