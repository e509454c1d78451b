import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent, side } from '../../support/events.js';
import { hostileEvent } from '../hostile-events.js';
import { expectLegible, expectNoSidewaysScroll, watchedPage } from '../page-checks.js';

let app: TestApp;
let browser: Browser;
let hostile: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  await app.postEvents([
    provisionEvent({ after: side('medium', 'You may leave.') }),
    provisionEvent({ after: side('high', 'You may not leave.') }),
    provisionEvent({ entity: 'apex', clauseType: 'arbitration', after: side('low') }),
    hostileEvent('hostile'),
  ]);
  const [row] = await app.database.query<Record<string, string>>(
    'select entity_id as entity, document_id as document, provision_id as provision from change where event_id = $1',
    ['hostile'],
  );
  hostile = ['entity', 'document', 'provision'].map((kind) => {
    const path = kind === 'entity' ? 'entities' : `${kind}s`;
    return `/${path}/${encodeURIComponent(row![kind]!)}`;
  });
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const screens = (['light', 'dark'] as const).flatMap((scheme) =>
  [360, 1_280].map((width) => ({ scheme, width })),
);

describe.each(screens)('in $scheme, $width pixels wide', ({ scheme, width }) => {
  it('can be read, and keeps hostile texts words', async () => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 780 } });
    const { page, complaints } = await watchedPage(context, app.url);
    for (const path of [
      '/entities',
      '/entities/acme',
      '/documents/acme-terms',
      '/provisions/acme-terms-1',
      '/clause-types/liability-limitation',
      '/search?q=a',
      ...hostile,
    ]) {
      const answer = await page.goto(app.url + path);
      expect(answer!.status(), path).toBe(200);
      await expectLegible(page);
      await expectNoSidewaysScroll(page);
      expect(await page.locator('h1').count(), path).toBe(1);
      expect(await page.locator('script:not([src^="/assets/"]), img, iframe').count(), path).toBe(0);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});

it('keeps the columns of the table behind the history apart', async () => {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 780 } });
  const { page } = await watchedPage(context, app.url);
  await page.goto(`${app.url}/provisions/acme-terms-1`);
  const history = page.locator('details.behind', { has: page.locator('table') }).first();
  await history.locator('summary').click();
  const row = history.locator('tbody tr').first();
  const [time, kind] = [
    await row.locator('time').boundingBox(),
    await row.locator('td').first().boundingBox(),
  ];
  expect(time!.x + time!.width).toBeLessThanOrEqual(kind!.x);
  await context.close();
});

it('searches as one types, by keyboard alone', async () => {
  const { page, complaints } = await watchedPage(await browser.newContext(), app.url);
  await page.goto(`${app.url}/entities/acme`);
  await page.keyboard.press('/');
  await page.waitForURL('**/search', { waitUntil: 'networkidle' });
  await page.keyboard.press('/');
  await page.keyboard.type('ap');
  const focused = page.locator(':focus');

  await page.locator('[data-hit]', { hasText: 'Apex' }).first().waitFor();
  await page.waitForURL('**/search?q=ap');
  await page.keyboard.press('ArrowDown');
  expect(await focused.textContent()).toBe('Apex');
  await page.keyboard.press('ArrowUp');
  expect(await focused.getAttribute('name')).toBe('q');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/entities/apex');
  expect(complaints).toEqual([]);
});
