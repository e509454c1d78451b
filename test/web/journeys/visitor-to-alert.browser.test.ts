import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignInMails } from '../../../src/accounts/sign-in-mails.service.js';
import type { TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { livedIn } from '../../support/lived-in.js';
import { mailTo } from '../../support/inbox-of-mail.js';
import { risenEvent } from './risen-event.js';
import { expectSaid, followMail, pathOf, press, walk, ways } from './walk.js';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  [{ app }, browser] = await Promise.all([livedIn(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

describe.each(ways)('a visitor, $way', ({ script }) => {
  it('comes from the landing page to an alert that is dealt with', async () => {
    const { email, token } = await app.createAccount();
    const { page, press: pressHere, end } = await walk(browser, app, { script });

    await page.goto(`${app.url}/`);
    await page.locator('main a[href^="/changes/"]').first().click();
    await page.locator('main a[href^="/provisions/"]').first().click();
    const provision = pathOf(page);
    expect(provision).toMatch(/^\/provisions\/./);
    await page.locator('main a[href*="/sign-in?next="]').first().click();
    await page.locator('#email').fill(email);
    await pressHere('/sign-in');
    await expect.poll(() => pathOf(page)).toBe('/sign-in/sent');
    await app.app.get(SignInMails).settled();

    const tab = await followMail(page, app, email, /\/sign-in\//);
    await press(tab, /^\/sign-in\/./);
    await expect.poll(() => pathOf(tab), { message: 'it lands where it came from' }).toBe(provision);
    await press(tab, '/follow', 'follow');
    await tab.locator('form[action="/follow"] button[value="unfollow"]').waitFor();

    app.clock.advance(3_600);
    await app.postEvents([await risenEvent(app, token, decodeURIComponent(provision.split('/')[2]!))]);
    await app.work();
    expect(await mailTo(app, email)).toHaveLength(2);

    const alert = await followMail(page, app, email, /\/alerts\//);
    expect(pathOf(alert)).toMatch(/^\/alerts\/\d+$/);
    const path = pathOf(alert);
    await press(alert, `${path}/acknowledge`);
    await expectSaid(alert, /./);
    await alert.locator('details:has(#text) > summary').click();
    await alert.locator('#text').fill('Legal has seen it. <b>No action</b> until June.');
    await press(alert, `${path}/note`);
    await expect
      .poll(async () => alert.locator('main').textContent())
      .toContain('Legal has seen it. <b>No action</b> until June.');

    await page.goto(`${app.url}/inbox`);
    expect(await page.locator(`[data-row] a[href="${path}"]`).count()).toBe(0);
    await page.goto(`${app.url}/inbox?state=acknowledged`);
    expect(await page.locator(`[data-row] a[href="${path}"]`).count()).toBe(1);
    await end();
  });
});

it('signs in by a double click, and sends the form once', async () => {
  const { email } = await app.createAccount();
  const { page, press: pressHere, end } = await walk(browser, app);
  await page.goto(`${app.url}/sign-in`);
  await page.locator('#email').fill(email);
  await pressHere('/sign-in');
  await expect.poll(() => pathOf(page)).toBe('/sign-in/sent');
  await app.app.get(SignInMails).settled();
  const tab = await followMail(page, app, email, /\/sign-in\//);
  const posts: string[] = [];
  // A slow network: the second click comes before the first is answered.
  await tab.route('**/sign-in/*', async (route) => {
    posts.push(route.request().url());
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue().catch(() => {});
  });
  const button = (await tab.locator('form[action^="/sign-in/"] button').boundingBox())!;
  const [x, y] = [button.x + button.width / 2, button.y + button.height / 2];
  await tab.mouse.click(x, y);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await tab.mouse.click(x, y);
  await expect.poll(() => pathOf(tab)).toBe('/overview');
  expect(posts).toHaveLength(1);
  await end();
});
