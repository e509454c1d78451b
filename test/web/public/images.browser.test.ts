import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/platform/package-root.js';
import { bellFile } from '../../../src/web/frame/bell.js';
import { startBrowser } from '../../support/browser.js';

/** Redraws them with `UPDATE_IMAGES=1 npx vitest run test/web/public/images.browser.test.ts`. */
const isRedrawn = process.env['UPDATE_IMAGES'] === '1';

const preview = `<body style="margin:0;zoom:.66667;width:1200px;height:630px;box-sizing:border-box;padding:84px 96px;background:#faf8f3;color:#1c1b18;font-family:serif">
  <div style="display:flex;align-items:center;gap:22px;font-size:52px"><span style="width:76px;height:76px;display:block">${bellFile}</span>Tocsin</div>
  <div style="height:4px;border:solid #1c1b18;border-width:2px 0;margin:34px 0 62px"></div>
  <div style="font-size:80px;line-height:1.14;letter-spacing:-2px">The fine print changed.<br>Now you know.</div>
</body>`;

const drawn = [
  { name: 'preview', width: 800, height: 420, html: preview },
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
    expect(png.length).toBeLessThan(30_000);
  });
});
