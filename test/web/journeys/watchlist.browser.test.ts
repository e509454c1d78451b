import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { livedIn } from '../../support/lived-in.js';
import { fileFrom, pathOf, walk, ways } from './walk.js';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  [{ app }, browser] = await Promise.all([livedIn(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const name = 'Cloud, "grave" rises';

/** What the backtest beside the form says, once it says something. */
async function totalOf(page: Page): Promise<string> {
  return (await page.locator('.trial-total').textContent()) ?? '';
}

describe.each(ways)('a watchlist, $way', ({ script }) => {
  it('is made in plain words with a backtest beside it, taken out, and put back', async () => {
    const account = await app.createAccount();
    const { page, press, end } = await walk(browser, app, { script, as: account });
    const watchlists = async () =>
      (await app.call('GET', '/v1/watchlists', { token: account.token })).body.items as any[];

    await page.goto(`${app.url}/watchlists`);
    await page.locator('main a[href="/watchlists/new"]').first().click();
    await page.locator('#name').fill(name);
    await page.locator('#q').fill('bright');
    if (!script) await press('/watchlists/new', 'search');
    await page.locator('#found button[value="entity:brightwave"]').click();
    await page.locator('input[name="follow"][value="entity:brightwave"]').waitFor();
    const tryIt = async () => {
      if (!script) await press('/watchlists/new', 'try');
    };
    // The made-up feed is as old as it is.
    await page.locator('select[name="days"]').selectOption('365');
    await tryIt();
    await expect.poll(async () => totalOf(page)).toMatch(/\b\d+ alerts? /);
    const ofAll = await totalOf(page);
    const first = page.locator('.trial-items a[href^="/changes/"]').first();
    expect(await first.count()).toBe(1);

    await page.locator('#direction').selectOption('rises');
    await page.locator('#minSeverity').selectOption('high');
    await tryIt();
    await expect.poll(async () => totalOf(page)).not.toBe(ofAll);
    await press('/watchlists/new', 'save');
    await expect.poll(() => pathOf(page)).toMatch(/^\/watchlists\/\d+$/);
    const [made] = await watchlists();
    expect(made).toMatchObject({ name, rule: { direction: 'rises', minSeverity: 'high' } });

    await page.goto(`${app.url}/watchlists/import`);
    const json = await fileFrom(page, 'a[href$="format=json"]');
    const csv = await fileFrom(page, 'a[href$="format=csv"]');
    expect(JSON.parse(json)).toMatchObject({ watchlists: [{ name }] });
    expect(csv).toContain('brightwave');

    for (const [kind, file] of [
      ['json', json],
      ['csv', csv],
    ] as const) {
      const [{ id }] = (await watchlists()) as [{ id: string }];
      await page.goto(`${app.url}/watchlists/${id}/delete`);
      await press(`/watchlists/${id}/delete`);
      await expect.poll(async () => watchlists()).toEqual([]);

      await page.goto(`${app.url}/watchlists/import`);
      await page.locator('#file').setInputFiles({
        name: `watchlists.${kind}`,
        mimeType: kind === 'csv' ? 'text/csv' : 'application/json',
        buffer: Buffer.from(file),
      });
      await press('/watchlists/import');
      await page.locator('table').getByText(name).waitFor();
      expect(await watchlists(), 'nothing is changed before it is agreed to').toEqual([]);
      await press('/watchlists/import');
      await expect.poll(() => pathOf(page)).toBe('/watchlists');
      const [back] = await watchlists();
      expect(back).toMatchObject({ name, rule: made.rule, cadence: made.cadence });
      const follows = await app.call('GET', `/v1/watchlists/${back.id}/follows`, { token: account.token });
      expect(follows.body.items).toMatchObject([{ kind: 'entity', key: 'brightwave' }]);
    }
    await end();
  });

  it('comes back as it was filled in where something is wrong with it', async () => {
    const account = await app.createAccount();
    const { page, press, end } = await walk(browser, app, { script, as: account });
    await page.goto(`${app.url}/watchlists/new?follow=entity%3Abrightwave`);
    await page.locator('#name').fill('Nothing counts');
    for (const box of await page.locator('input[name="kinds"]').all()) await box.uncheck();
    await page.locator('#keywords').fill('"class action"');
    await press('/watchlists/new', 'save');

    await page.locator('.faults a[href="#kinds"]').waitFor();
    expect(await page.locator('#name').inputValue()).toBe('Nothing counts');
    expect(await page.locator('#keywords').inputValue()).toBe('"class action"');
    expect(await page.locator('input[name="follow"]').inputValue()).toBe('entity:brightwave');
    expect(await page.locator('#kinds .fault').count()).toBe(1);
    await end();
  });
});
