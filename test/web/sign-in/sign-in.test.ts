import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { mailTo } from '../../support/inbox-of-mail.js';
import { visitor } from '../../support/visiting.js';
import { askFor, linkTo, use } from './sign-in-steps.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

/** In seconds. */
const minute = 60;
/** Past every limit. */
const later = () => app.clock.advance(25 * 60 * minute);

describe('a link by mail', () => {
  it('signs in whoever asked, once, by its button alone', async () => {
    const account = await app.createAccount();
    const browser = await visitor(app);
    const asked = await askFor(app, browser, account.email.toUpperCase());
    expect(asked).toMatchObject({ status: 303, location: '/sign-in/sent' });
    expect((await browser.get('/sign-in/sent')).text).toContain('Check your mail');
    const [mail] = await mailTo(app, account.email);
    expect(mail!.subject).toBe('Sign in to Tocsin');
    expect(mail!.headers['list-id']).toBeUndefined();
    const link = (await linkTo(app, account.email))!;

    for (let n = 0; n < 3; n++) {
      const opened = await browser.get(link);
      expect(opened.status).toBe(200);
      expect(opened.headers.get('cache-control')).toContain('no-store');
      expect(opened.text).toContain('<button type="submit">Sign in</button>');
    }
    expect((await browser.get('/settings/none')).text).not.toContain(account.email);
    expect(await use(browser, link)).toMatchObject({ status: 303, location: '/overview' });
    expect((await browser.get('/recent')).text).toContain(account.email);

    const again = await browser.get(link);
    expect(again.status).toBe(410);
    expect(again.text).toContain('You are signed in already');
    expect(again.text).toContain('href="/overview"');
    expect((await (await visitor(app)).get(link)).text).toContain('Have a new one sent');
  });

  it('is good for 15 minutes', async () => {
    later();
    const account = await app.createAccount();
    const browser = await visitor(app);
    await askFor(app, browser, account.email);
    const link = (await linkTo(app, account.email))!;
    app.clock.advance(15 * minute - 1);
    expect((await browser.get(link)).status).toBe(200);
    app.clock.advance(1);
    expect((await browser.get(link)).status).toBe(410);
    expect((await browser.post(link)).status).toBe(403);
  });

  it('is good in the browser that asked alone, and is not used up elsewhere', async () => {
    later();
    const account = await app.createAccount();
    const [browser, other] = [await visitor(app), await visitor(app)];
    await askFor(app, browser, account.email);
    const link = (await linkTo(app, account.email))!;

    const opened = await other.get(link);
    expect(opened.status).toBe(403);
    expect(opened.text).toContain('Open it where you asked for it');
    // Its own form token, and the link: still another browser.
    const token = /name="form_token" value="([^"]+)"/.exec(opened.text)![1]!;
    const posted = await other.post(link, { form_token: token });
    expect(posted.text).toContain('Open it where you asked for it');
    expect(posted.headers.getSetCookie().join()).not.toContain('session');

    expect((await use(browser, link)).status).toBe(303);
    expect((await other.submit('/sign-in', '/sign-in', { email: account.email })).status).toBe(303);
  });

  it('ends when a newer one is asked for', async () => {
    later();
    const account = await app.createAccount();
    const browser = await visitor(app);
    await askFor(app, browser, account.email);
    const first = (await linkTo(app, account.email))!;
    await askFor(app, browser, account.email);
    const second = (await linkTo(app, account.email))!;
    expect(second).not.toBe(first);
    expect((await browser.get(first)).status).toBe(410);
    expect((await use(browser, second)).status).toBe(303);
  });

  it('is not ended by a stranger who asks for the same address', async () => {
    later();
    const account = await app.createAccount();
    const [browser, stranger] = [await visitor(app), await visitor(app)];
    await askFor(app, browser, account.email);
    const link = (await linkTo(app, account.email))!;
    await askFor(app, stranger, account.email);
    expect(await linkTo(app, account.email)).not.toBe(link);
    expect((await use(browser, link)).status).toBe(303);
  });

  it('leads back to where the reader was, and to no other site', async () => {
    later();
    const account = await app.createAccount();
    for (const [next, location] of [
      ['/changes/7?a=1', '/changes/7?a=1'],
      ['//evil.example', '/overview'],
      ['https://evil.example', '/overview'],
    ] as const) {
      const browser = await visitor(app);
      await askFor(app, browser, account.email, { next });
      expect((await use(browser, (await linkTo(app, account.email))!)).location).toBe(location);
    }
    const browser = await visitor(app);
    await askFor(app, browser, account.email, { next: '/recent' });
    await app.database.execute(`update sign_in_link set next = '//evil.example'`);
    expect((await use(browser, (await linkTo(app, account.email))!)).location).toBe('/overview');
  });

  it('gives a session of its own, whatever the browser brought', async () => {
    later();
    const [mine, theirs] = [await app.createAccount(), await app.createAccount()];
    const browser = await visitor(app, theirs);
    const planted = browser.cookie();
    await browser.get('/sign-in').then(({ location }) => expect(location).toBe('/overview'));
    const fresh = await visitor(app);
    await askFor(app, fresh, mine.email);
    const link = (await linkTo(app, mine.email))!;
    const form = await fresh.get(link);
    const token = /name="form_token" value="([^"]+)"/.exec(form.text)![1]!;
    // An attacker's session beside the right mark: the form is bound to the session then, and nothing is signed in.
    const mixed = await fresh.post(link, { form_token: token }, { cookie: `${fresh.cookie()}; ${planted}` });
    expect(mixed.status).toBe(403);
    const used = await use(fresh, link);
    const cookies = used.headers.getSetCookie();
    expect(cookies.some((one) => /^tocsin-session=[\w-]{43};.*HttpOnly.*SameSite=Lax/i.test(one))).toBe(true);
    expect(cookies.some((one) => one.startsWith('tocsin-browser=;'))).toBe(true);
  });

  it('keeps hashes alone', async () => {
    later();
    const account = await app.createAccount();
    const browser = await visitor(app);
    await askFor(app, browser, account.email);
    const token = (await linkTo(app, account.email))!.split('/').at(-1)!;
    const mark = /tocsin-browser=([^;]+)/.exec(browser.cookie())![1]!;
    const [row] = await app.database.query<{ row: string }>('select l::text as row from sign_in_link l');
    expect(row!.row).not.toContain(account.email);
    for (const secret of [token, mark]) {
      for (const encoding of ['utf8', 'base64url'] as const) {
        expect(row!.row).not.toContain(Buffer.from(secret, encoding).toString('hex'));
      }
    }
  });
});

describe('who has an account', () => {
  it('is told by the mail alone', async () => {
    later();
    const account = await app.createAccount();
    const answers = [];
    for (const email of [account.email, 'nobody@example.org']) {
      const browser = await visitor(app);
      const { status, location, text } = await askFor(app, browser, email);
      answers.push({ status, location, text, page: (await browser.get(location!)).text });
    }
    expect(answers[0]).toEqual(answers[1]);
    const [mail] = await mailTo(app, 'nobody@example.org');
    expect(mail!.subject).toBe('No Tocsin account has this address');
    expect(mail!.text).not.toContain('/sign-in/');
  });

  it('a stranger is mailed once a day', async () => {
    later();
    for (const email of ['stranger@example.org', 'stranger+1@example.org', 'Stranger@example.org']) {
      expect((await askFor(app, await visitor(app), email)).status).toBe(303);
    }
    expect(await mailTo(app, 'stranger@example.org')).toHaveLength(1);
    expect(await mailTo(app, 'stranger+1@example.org')).toHaveLength(0);
  });

  it('says what is wrong with what is no address, and keeps it', async () => {
    later();
    const { status, text } = await askFor(app, await visitor(app), 'ada@');
    expect(status).toBe(422);
    expect(text).toContain('value="ada@"');
    expect(text).toContain('aria-invalid="true"');
  });
});

describe('sign-up', () => {
  let open: TestApp;
  beforeAll(async () => {
    open = await startApp({ SIGN_UP: 'open' });
  });
  afterAll(async () => open.stop());

  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ["Mars/Base'--", 'UTC'],
    ['', 'UTC'],
  ])('makes a free account by its link, in the browser’s time zone: %s', async (zone, kept) => {
    const email = `new-${zone.length}@example.org`;
    const browser = await visitor(open);
    await askFor(open, browser, email, { time_zone: zone });
    const link = (await linkTo(open, email))!;
    expect((await browser.get(link)).text).toContain('Make the account and sign in');
    expect(await open.database.query('select 1 from account where email = $1', [email])).toEqual([]);
    expect((await use(browser, link)).location).toBe('/overview');
    const [row] = await open.database.query('select tier, time_zone from account where email = $1', [email]);
    expect(row).toEqual({ tier: 'free', time_zone: kept });
    expect(await open.database.query('select 1 from sign_in_link')).toEqual([]);
  });
});
