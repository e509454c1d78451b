import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/platform/package-root.js';
import { bellFile } from '../../../src/web/frame/bell.js';
import { startBrowser } from '../../support/browser.js';

/** Redraws them with `UPDATE_IMAGES=1 npx vitest run test/web/public/images.browser.test.ts`. */
const isRedrawn = process.env['UPDATE_IMAGES'] === '1';

/** The red line, the bell, and one sentence as a change of it is read. */
const preview = `<body style="margin:0;width:1200px;height:630px;box-sizing:border-box;padding:70px 90px;background:#faf8f3;color:#1c1b18;font-family:serif;border-top:14px solid #b1341f;display:flex;flex-direction:column">
  <div style="display:flex;align-items:center;gap:22px;font-size:50px"><span style="width:72px;height:72px;display:block">${bellFile}</span>Tocsin</div>
  <div style="margin:auto 0;font-size:84px;line-height:1.16;letter-spacing:-2.5px;white-space:nowrap">The fine print changed.<br>Now you know.</div>
  <div style="padding-top:30px;border-top:2px solid #1c1b18;font-size:34px">You may bring a claim <del style="padding:2px 8px;background:#fbe7e3;color:#8c1c13">in court</del> <ins style="padding:2px 8px;background:#e2f2e4;color:#14532d;text-decoration-thickness:2px;text-underline-offset:7px">before one arbitrator</ins>.</div>
</body>`;

const drawn = [
  { name: 'preview', width: 1200, height: 630, html: preview },
  { name: 'tab', width: 48, height: 48, html: `<body style="margin:0">${bellFile}</body>` },
];

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => browser.close());

describe.each(drawn)('the picture $name', ({ name, width, height, html }) => {
  const path = join(packageRoot(), 'assets', `${name}.png`);

  it('is a small PNG of the size that pages name', async () => {
    if (isRedrawn) {
      const page = await browser.newPage({ viewport: { width, height } });
      await page.setContent(html);
      await writeFile(path, await page.screenshot({ omitBackground: name === 'tab' }));
    }
    const png = await readFile(path);

    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
    expect(png.length).toBeLessThan(60_000);
  });
});
