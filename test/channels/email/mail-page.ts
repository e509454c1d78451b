import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Recipient } from '../../../src/domain/alert-content.js';
import type { Content } from '../../../src/domain/content.js';
import { recipient } from '../../support/alert-content-fixture.js';
import { expectLegible, expectNoSidewaysScroll } from '../../web/page-checks.js';
import { mailOf } from './email-fixture.js';

/** Set to write the pictures of docs/images anew. */
export const writesPictures = process.env['UPDATE_PICTURES'] === '1';
export const imagePath = (name: string) =>
  fileURLToPath(new URL(`../../../docs/images/${name}.png`, import.meta.url));

export type Look = {
  /** Of its picture. */
  name: string;
  content: Content;
  reader?: Recipient;
  scheme: 'light' | 'dark';
  width: number;
  height: number;
};

/** Shows a mail as a browser does, and has it photographed when that is asked for. */
export async function shownMail(
  browser: Browser,
  { name, content, reader = recipient(), scheme, width, height }: Look,
  check: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    deviceScaleFactor: 1.5,
    javaScriptEnabled: false,
  });
  try {
    const page = await context.newPage();
    await page.setContent((await mailOf(content, reader)).html);
    await check(page);
    if (writesPictures) await page.screenshot({ path: imagePath(name) });
  } finally {
    await context.close();
  }
}

/** All of it has contrast, size and room. */
export async function expectReadable(page: Page): Promise<void> {
  // What is only for the list of mails.
  await page.evaluate(`document.querySelector('body > div[style*="display:none"]').remove()`);
  await expectLegible(page);
  await expectNoSidewaysScroll(page);
  const size = await page
    .locator('p, li, a, h1, h2, h3, h4')
    .evaluateAll((all) => Math.min(...all.map((one) => parseFloat(getComputedStyle(one).fontSize))));
  expect(size).toBeGreaterThanOrEqual(12);
}
