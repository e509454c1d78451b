import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertContent, changeContent, changesOfEveryKind } from '../../support/alert-content-fixture.js';
import { startBrowser } from '../../support/browser.js';
import { mailOf } from './email-fixture.js';
import { expectReadable, imagePath, shownMail, writesPictures, type Look } from './mail-page.js';

/** What a mail program shows of a mail before anybody scrolls, of a laptop's and of a phone's screen. */
const foldPx = 640;

const single = alertContent({ changes: [changeContent()] });
const bundle = alertContent({
  changes: changesOfEveryKind.filter(({ provision }) => !provision.title.includes('<')),
});

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => browser.close());

const looks: Look[] = [
  { name: 'alert-mail', content: single, scheme: 'light', width: 660, height: 860 },
  { name: 'alert-mail-dark', content: single, scheme: 'dark', width: 660, height: 860 },
  { name: 'alert-mail-narrow', content: single, scheme: 'light', width: 360, height: 780 },
  { name: 'alert-mail-narrow-dark', content: single, scheme: 'dark', width: 360, height: 780 },
  { name: 'bundle-mail', content: bundle, scheme: 'light', width: 660, height: 860 },
  { name: 'bundle-mail-narrow', content: bundle, scheme: 'light', width: 360, height: 780 },
];

const shown = async (look: Look, check: (page: Page) => Promise<void>) => shownMail(browser, look, check);

describe.each(looks)('$name, $scheme, $width pixels wide', (look) => {
  it('can be read, whole and without scrolling sideways', async () => {
    await shown(look, async (page) => {
      await expectReadable(page);
    });
  });

  it('answers what, how bad, which way, since when and what to do above the fold', async () => {
    await shown(look, async (page) => {
      const bottomOf = async (locator: ReturnType<Page['locator']>) => {
        const box = await locator.first().boundingBox();
        return box === null ? Infinity : box.y + box.height;
      };
      for (const [what, locator] of [
        ['how bad', page.getByText(/^High ▲/)],
        ['which way', page.getByText(/rose/)],
        ['what', page.getByRole('heading', { level: 1 })],
        ['since when', page.getByText(/Seen .* UTC/)],
        ['what to do', page.getByRole('link', { name: 'Open this alert' })],
      ] as const) {
        expect(await bottomOf(locator), what).toBeLessThan(foldPx);
      }
    });
  });
});

describe('without colours', () => {
  it('what was removed is struck through and what was added underlined, and both are named to screen readers', async () => {
    await shown(looks[0]!, async (page) => {
      const lineOf = async (role: 'deletion' | 'insertion') =>
        page
          .getByRole(role)
          .first()
          .evaluate((one) => getComputedStyle(one).textDecorationLine);
      expect([await lineOf('deletion'), await lineOf('insertion')]).toEqual(['line-through', 'underline']);
    });
  });
});

describe('the plain text', () => {
  it('fits a narrow window and marks the words by brackets', async () => {
    const { text } = await mailOf(single);
    const html = `<body style="margin:0;background:#fff"><pre style="margin:24px;font:13px/1.5 monospace">${text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')}</pre></body>`;
    const context = await browser.newContext({
      viewport: { width: 660, height: 860 },
      deviceScaleFactor: 1.5,
    });
    const page = await context.newPage();
    await page.setContent(html);
    expect(await page.getByText('[-reasonable-]').count()).toBe(1);
    expect(await page.getByText('{+commercially practicable+}').count()).toBe(1);
    if (writesPictures) await page.screenshot({ path: imagePath('alert-mail-text') });
    await context.close();
  });
});

describe("Outlook's engine, which is Word's", () => {
  it('is given a table of fixed width, cells that hold the padding, and nothing that it lacks', async () => {
    for (const content of [single, bundle]) {
      const { html } = await mailOf(content);
      expect(html).toMatch(/<!--\[if mso \| IE\]><table[^>]*width="600"/);
      expect(html).toContain('mso-padding-alt:11px 20px');
      const inline = [...html.matchAll(/style="([^"]*)"/g)].map(([, style]) => style).join(';');
      expect(inline).not.toMatch(
        /display:\s*(?:flex|grid)|position:|float:|background-image|calc\(|var\(|rgba/,
      );
      expect(html).not.toMatch(/<(?:img|svg|video|form|input|button|script|link)\b/);
    }
  });
});
