import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { signIn, visitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';
import { askFor, linkTo } from '../sign-in/sign-in-steps.js';
import { fileFrom, pathOf, walk, ways } from './walk.js';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

describe.each(ways)('the settings, $way', ({ script }) => {
  it('hold time zone, quiet hours and tokens', async () => {
    const account = await app.createAccount();
    const { page, press, end } = await walk(browser, app, {
      script,
      as: account,
      timezoneId: 'Asia/Tokyo',
    });
    const settings = async () => (await app.call('GET', '/v1/account', { token: account.token })).body;
    await page.goto(`${app.url}/settings`);
    const guess = page.locator('[data-zone-guess]');
    if (script) await guess.click();
    else await page.locator('#timeZone').fill('Asia/Tokyo');
    await press('/settings/time-zone');
    expect(await settings()).toMatchObject({ timeZone: 'Asia/Tokyo' });

    await page.locator('input[name="quiet"][value="on"]').check();
    await page.locator('#from').fill('21:30');
    await page.locator('#to').fill('06:45');
    await page.locator('input[name="breakThrough"][value="high"]').check();
    await press('/settings/quiet-hours');
    expect((await settings()).quietHours).toMatchObject({ from: '21:30', to: '06:45', breakThrough: 'high' });
    expect(await page.locator('#from').inputValue()).toBe('21:30');

    await page.goto(`${app.url}/settings/tokens`);
    await page.locator('#name').fill('Nightly export');
    await press('/settings/tokens');
    const token = (await page.locator('.secret code').textContent())!;
    expect((await app.call('GET', '/v1/account', { token })).body).toMatchObject({ id: account.id });
    await page.goto(`${app.url}/settings/tokens`);
    expect(await page.locator('main').textContent()).not.toContain(token);
    const row = page.getByRole('row').filter({ hasText: 'Nightly export' });
    await press((await row.locator('form').getAttribute('action'))!);
    expect((await app.call('GET', '/v1/account', { token })).status).toBe(401);
    await end();
  });

  it('show where one is signed in, and end it there', async () => {
    const account = await app.createAccount();
    const { page, press, end } = await walk(browser, app, { script, as: account });
    const other = await walk(browser, app, { script, as: account });
    await other.page.goto(`${app.url}/overview`);
    expect(pathOf(other.page)).toBe('/overview');

    await page.goto(`${app.url}/settings/sessions`);
    await press(/^\/settings\/sessions\/\d+\/end$/);
    await other.page.goto(`${app.url}/overview`);
    expect(pathOf(other.page)).toBe('/sign-in');
    await page.goto(`${app.url}/overview`);
    expect(pathOf(page)).toBe('/overview');
    await Promise.all([end(), other.end()]);
  });

  it('give all data, and delete the account for good', async () => {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'acme']], { name: 'Cloud terms' });
    const { context, page, press, end } = await walk(browser, app, { script, as: account });
    await page.goto(`${app.url}/settings/data`);
    const file = JSON.parse(await fileFrom(page, 'a[href="/settings/data/export"]')) as unknown;
    expect(JSON.stringify(file)).toContain('Cloud terms');
    expect(JSON.stringify(file)).toContain(account.email);

    await page.locator('#address').fill('somebody@else.example');
    await press('/settings/data/delete');
    await page.locator('.faults a[href="#address"]').waitFor();
    expect(await page.locator('#address').inputValue()).toBe('somebody@else.example');
    await page.locator('#address').fill(account.email);
    await press('/settings/data/delete');
    expect(pathOf(page)).toBe('/goodbye');

    expect((await app.call('GET', '/v1/account', { token: account.token })).status).toBe(401);
    await page.goto(`${app.url}/overview`);
    expect(pathOf(page)).toBe('/sign-in');
    await askFor(app, await visitor(app), account.email);
    expect(await linkTo(app, account.email)).toBeNull();
    await expect(signIn(context, app, account), 'there is nobody to sign in').rejects.toThrow(/./);
    await end();
  });
});
