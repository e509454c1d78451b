import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A page whose every complaint is kept: errors, refusals of the content policy, dialogs, requests to elsewhere. */
export async function watchedPage(
  context: BrowserContext,
  origin: string,
): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, complaints };
}

/** Nothing stands out at the side, and nothing can be scrolled to there. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const stickingOut = await page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    // What is wider than a region that scrolls by itself is reached there.
    const scrolled = (one) => {
      for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };
    const wide = [...document.querySelectorAll('body *')]
      .filter((one) => !one.closest('.unseen') && !scrolled(one) && one.getBoundingClientRect().right > width + 1)
      .map((one) => location.pathname + ' ' + one.tagName + '.' + one.className + ' in ' + one.parentElement.tagName + '.' + one.parentElement.className);
    return document.documentElement.scrollWidth > width ? ['the page', ...wide] : wide;
  })()`);
  expect(stickingOut).toEqual([]);
}

/** Every text reaches a contrast of 4.5 to 1 on the ground that it stands on (WCAG 2.2, 1.4.3). */
export async function expectLegible(page: Page): Promise<void> {
  const faint = await page.evaluate(`(() => {
    const parts = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
    const channel = (c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const ground = (one) => {
      for (let at = one; at; at = at.parentElement) {
        const color = parts(getComputedStyle(at).backgroundColor);
        if (color[3] !== 0) return color;
      }
      return [255, 255, 255];
    };
    const faint = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const one = texts.currentNode.parentElement;
      if (texts.currentNode.data.trim() === '' || one.closest('.unseen')) continue;
      const [a, b] = [light(parts(getComputedStyle(one).color)), light(ground(one))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) faint.add(one.tagName + '.' + one.className + ' ' + contrast.toFixed(2));
    }
    return [...faint];
  })()`);
  expect(faint).toEqual([]);
}

/** The archive's texts became words alone: no element, attribute or link came out of them. Pages are shared by mail, to nobody yet. */
export async function expectNothingInjected(page: Page): Promise<void> {
  const found = await page.evaluate(`({
    foreign: [...document.querySelectorAll('script:not([src^="/assets/"]), img, iframe, object, embed, style, base, template, mj-raw')].map((one) => one.tagName),
    handlers: [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on')),
    links: [...document.links].filter((link) => !/^(https?:|mailto:\\?subject=)/.test(link.href)).map((link) => link.href),
    headings: [...document.querySelectorAll('h1')].length,
  })`);
  expect(found).toEqual({ foreign: [], handlers: [], links: [], headings: 1 });
}
