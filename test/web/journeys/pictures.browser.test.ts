import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBrowser } from '../../support/browser.js';
import { expectLegible, expectNoSidewaysScroll } from '../page-checks.js';
import { aSpringOfWatching, type Spring } from './spring.js';
import { press, walk } from './walk.js';

/** Set to write the pictures of docs/images/web anew. */
const writesPictures = process.env['UPDATE_PICTURES'] === '1';
const mostBytes = 200_000;

let spring: Spring;
let browser: Browser;

beforeAll(async () => {
  [spring, browser] = await Promise.all([aSpringOfWatching(), startBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await spring.stop();
});

type Look = {
  /** Of its file. */
  name: string;
  as?: 'member' | 'operator';
  path: (spring: Spring) => string;
  /** What is done on the page before it is looked at. */
  then?: (page: Page) => Promise<void>;
  /** What has to be in sight without scrolling. */
  shows: string;
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
};

const tries = async (page: Page) => {
  await page.locator('.trial-items a').first().waitFor();
};
const inspects = async (page: Page) => {
  await press(page, '/operator/inspector');
  await page.locator('#reach').waitFor();
};

const looks: Look[] = [
  { name: 'landing', path: () => '/', shows: 'main del' },
  { name: 'provision', path: ({ provision }) => `/provisions/${provision}`, shows: 'main .severity' },
  { name: 'change', path: ({ change }) => `/changes/${change}?view=side`, shows: 'main ins' },
  { name: 'change-dark', path: ({ change }) => `/changes/${change}`, shows: 'main ins', scheme: 'dark' },
  { name: 'inbox', as: 'member', path: () => '/inbox', shows: '[data-row]' },
  { name: 'inbox-360', as: 'member', path: () => '/inbox', shows: '[data-row]', scheme: 'dark', width: 360 },
  {
    name: 'watchlist',
    as: 'member',
    path: ({ watchlist }) => `/watchlists/${watchlist}`,
    then: tries,
    shows: '.trial-total',
  },
  { name: 'overview', as: 'member', path: () => '/overview', shows: 'main figure svg', height: 1_000 },
  {
    name: 'destination',
    as: 'member',
    path: ({ destination }) => `/destinations/${destination}`,
    shows: 'main a[href^="/deliveries/"]',
  },
  {
    name: 'inspector',
    as: 'operator',
    path: () => '/operator/inspector?sample=rise',
    then: inspects,
    shows: '#reach',
  },
];

it.each(looks)('$name can be read, and shows at once what it is for', async (look) => {
  const { name, path, then, shows, scheme = 'light', width = 1_280 } = look;
  const height = look.height ?? (width < 600 ? 780 : 860);
  const as = look.as === 'member' ? spring.member : look.as;
  const { page, end } = await walk(browser, spring.app, {
    colorScheme: scheme,
    viewport: { width, height },
    ...(as !== undefined && { as }),
  });
  await page.goto(spring.app.url + path(spring));
  await then?.(page);
  await page.evaluate('scrollTo(0, 0); document.activeElement.blur()');
  await expectLegible(page);
  await expectNoSidewaysScroll(page);
  const box = await page.locator(shows).first().boundingBox();
  expect(box!.y, `${shows} is above the fold`).toBeLessThan(height);
  if (writesPictures) {
    const file = fileURLToPath(new URL(`../../../docs/images/web/${name}.png`, import.meta.url));
    await mkdir(dirname(file), { recursive: true });
    await page.screenshot({ path: file });
    expect((await stat(file)).size).toBeLessThan(mostBytes);
  }
  await end();
});
