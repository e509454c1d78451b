import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent } from '../../support/events.js';
import { audience, issuer, startHostArchive, type HostArchive } from '../sign-in/host-archive.js';
import { pathOf, walk, ways } from './walk.js';

let app: TestApp;
let browser: Browser;
let host: HostArchive;

beforeAll(async () => {
  host = await startHostArchive();
  const settings = { ...host.settings, AUTH_SIGN_IN_URL: 'http://127.0.0.1:9/in?to={next}' };
  [app, browser] = await Promise.all([startApp(settings), startBrowser()]);
  await app.postEvents([provisionEvent({ entity: 'acme' })]);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await host.close();
});

describe.each(ways)('a reader of the archive, $way', ({ script }) => {
  it('is signed in by the archive, follows, and is signed out with it', async () => {
    const { id, email, token } = await app.createAccount();
    const { context, page, press, end } = await walk(browser, app, { script });
    await page.goto(`${app.url}/entities/acme`);
    await page.locator('main a[href*="/sign-in?next="]').first().click();
    const there = await page.locator('main a[href^="http://127.0.0.1:9/in"]').getAttribute('href');
    expect(new URL(there!).searchParams.get('to'), 'it leads back').toBe(`${app.url}/entities/acme`);

    const exp = Math.floor(app.clock.now().getTime() / 1_000) + 300;
    const jwt = await host.token({
      iss: issuer,
      aud: audience,
      sub: `reader-${script}`,
      exp,
      email,
      email_verified: true,
    });
    await context.addCookies([{ name: 'archive_jwt', value: jwt, url: app.url, httpOnly: true }]);
    await page.goto(`${app.url}/entities/acme`);
    await press('/follow', 'follow');
    await page.locator('form[action="/follow"] button[value="unfollow"]').waitFor();
    const [watchlist] = (await app.call('GET', '/v1/watchlists', { token })).body.items;
    const { body } = await app.call('GET', `/v1/watchlists/${watchlist.id}/follows`, { token });
    expect(body.items, `of account ${id}`).toMatchObject([{ kind: 'entity', key: 'acme' }]);

    await press('/sign-out');
    await page.goto(`${app.url}/watchlists`);
    expect(pathOf(page), 'the archive alone signs out').toBe('/watchlists');
    await context.clearCookies({ name: 'archive_jwt' });
    await page.goto(`${app.url}/watchlists`);
    expect(pathOf(page)).toBe('/sign-in');
    await end();
  });
});
