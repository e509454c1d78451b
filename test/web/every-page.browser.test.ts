import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { livedIn } from '../support/lived-in.js';
import { signIn, visitor } from '../support/visiting.js';
import { crawl } from './crawl.js';
import { expectNoSidewaysScroll, watchedPage } from './page-checks.js';

/** Most bytes that a page and all its files may come to, as they are sent. */
const mostBytes = 150_000;

const readers = ['visitor', 'member', 'operator'] as const;
type ReaderKind = (typeof readers)[number];

let app: TestApp;
let browser: Browser;
let axe: string;
let member: { id: string };
const paths = new Map<ReaderKind, string[]>();

const signedInAs = (kind: ReaderKind) =>
  ({ visitor: undefined, member, operator: 'operator' as const })[kind];

beforeAll(async () => {
  [{ app, member }, browser, axe] = await Promise.all([
    livedIn(),
    startBrowser(),
    readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
  ]);
  for (const kind of readers) {
    const found = await crawl(await visitor(app, signedInAs(kind)), ['/', '/operator'], 1);
    paths.set(
      kind,
      found.filter(({ status, text }) => status === 200 && text !== '').map(({ path }) => path),
    );
  }
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

/** Follows what a page shifts while it loads. As a script of the browser's own, which no content policy concerns. */
const watchShifts = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      window.shifts.push(entry.value.toFixed(4) + ' ' + entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join(' | '));
    }
  }).observe({ type: 'layout-shift', buffered: true });`;

async function contextFor(
  kind: ReaderKind,
  options: Parameters<Browser['newContext']>[0],
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  await context.addInitScript(watchShifts);
  const as = signedInAs(kind);
  if (as !== undefined) await signIn(context, app, as);
  return context;
}

/** @returns what axe finds: the rule, and where */
async function barriersOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`,
    ),
  );
}

describe.each(readers)('every page of a %s', (kind) => {
  it.each([
    { scheme: 'light' as const, width: 1_280 },
    { scheme: 'dark' as const, width: 360 },
    { scheme: 'dark' as const, width: 1_280 },
    { scheme: 'light' as const, width: 360 },
  ])(
    'has no barrier, shifts nothing and fits, in $scheme, $width pixels wide',
    async ({ scheme, width }) => {
      const context = await contextFor(kind, { colorScheme: scheme, viewport: { width, height: 800 } });
      const faults: string[] = [];
      for (const path of paths.get(kind)!) {
        const { page, complaints } = await watchedPage(context, app.url);
        await page.goto(app.url + path, { waitUntil: 'networkidle' });
        const barriers = await barriersOf(page);
        const shifts = (await page.evaluate('window.shifts')) as string[];
        await expectNoSidewaysScroll(page).catch((error: unknown) =>
          faults.push(`${path}: ${String(error).slice(0, 300)}`),
        );
        faults.push(
          ...[...barriers, ...shifts.map((shift) => `shift ${shift}`), ...complaints].map(
            (one) => `${path}: ${one}`,
          ),
        );
        await page.close();
      }
      await context.close();
      expect(faults).toEqual([]);
    },
    300_000,
  );

  it('weighs little', async () => {
    const context = await contextFor(kind, {});
    const heavy: string[] = [];
    for (const path of paths.get(kind)!) {
      const page = await context.newPage();
      await page.goto(app.url + path, { waitUntil: 'networkidle' });
      const bytes = (await page.evaluate(
        `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .reduce((sum, one) => sum + one.encodedBodySize, 0)`,
      )) as number;
      if (bytes > mostBytes) heavy.push(`${path}: ${bytes} bytes`);
      await page.close();
    }
    await context.close();
    expect(heavy).toEqual([]);
  }, 120_000);
});
