import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent, side } from '../../support/events.js';
import { watch } from '../../support/watching.js';
import { tabTo } from './keyboard.js';
import { walk } from './walk.js';

let app: TestApp;
let browser: Browser;
let member: TestAccount;
let change: string;

const paragraphs = (word: string) =>
  [1, 2, 3, 4].map((n) => `Paragraph ${n} ${n % 2 === 0 ? word : 'stays'} as it is.`).join('\n\n');

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  member = await app.createAccount();
  await watch(app, member, [['everything', '*']]);
  await app.postEvents([
    provisionEvent({ before: side('low', paragraphs('was')), after: side('high', paragraphs('is')) }),
  ]);
  await app.work();
  const { body } = await app.call('GET', '/v1/changes', { token: member.token });
  change = `/changes/${body.items[0].id}`;
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const atChanged = async (page: Page) =>
  page.locator('[data-changed]').evaluateAll((all) => all.indexOf(document.activeElement as HTMLElement));
const isOpen = async (page: Page) => page.locator('dialog[open]').count();

it('goes by keys through the changed paragraphs of a change and between its views', async () => {
  const { page, end } = await walk(browser, app);
  await page.goto(app.url + change);
  const places: number[] = [];
  for (const key of ['j', 'n', 'k', 'p']) {
    await page.keyboard.press(key);
    places.push(await atChanged(page));
  }
  expect(places).toEqual([0, 1, 0, 1]);
  await page.keyboard.press('s');
  await expect.poll(() => page.url()).toContain('view=side');
  await page.keyboard.press('i');
  await expect.poll(() => page.url()).toContain('view=inline');
  await end();
});

it.each([
  ['a change', () => change, '[data-opens]'],
  ['the inbox', () => '/inbox', '[data-show-keys]'],
])('the keys of %s are listed in a dialog that gives the focus back', async (_, path, button) => {
  const { page, end } = await walk(browser, app, { as: member });
  await page.goto(app.url + path());
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await expect.poll(async () => isOpen(page)).toBe(1);
  expect(await page.locator('dialog :focus').count(), 'the focus is in it').toBe(1);
  await page.keyboard.press('Escape');
  expect(await isOpen(page)).toBe(0);
  expect(await page.locator(`${button}:focus`).count()).toBe(1);
  await end();
});

it('leaves single keys alone once they are switched off, on every page of the browser', async () => {
  const { page, end } = await walk(browser, app, { as: member });
  await page.goto(app.url + change);
  await page.keyboard.press('?');
  const box = page.locator('dialog[open] [data-single-keys]');
  expect(await box.isChecked()).toBe(true);
  await tabTo(page, 'dialog[open] [data-single-keys]');
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');

  const nothing = async (keys: string) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await nothing('jn?s');
  expect([await atChanged(page), await isOpen(page), page.url()]).toEqual([-1, 0, app.url + change]);
  await page.goto(`${app.url}/inbox`);
  await nothing('jx?/e');
  expect(await page.locator('.pick:checked').count()).toBe(0);
  expect([await isOpen(page), page.url()]).toEqual([0, `${app.url}/inbox`]);
  expect(await page.locator('[data-row]').count()).toBe(1);

  await page.goto(`${app.url}/search`);
  const onSearch = page.locator('[data-single-keys]');
  expect(await onSearch.isChecked()).toBe(false);
  await onSearch.check();
  await page.goto(app.url + change);
  await page.keyboard.press('j');
  expect(await atChanged(page)).toBe(0);
  await end();
});
