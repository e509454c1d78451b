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

/** A page and its files, as they were sent. */
const weigh = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .reduce((sum, one) => sum + one.encodedBodySize, 0)`;

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

// Each looks at both schemes and both widths once: a page that fits at 360 and 1,280 pixels does so in either scheme.
const screens = [
  { scheme: 'light', width: 1_280 },
  { scheme: 'dark', width: 360 },
] as const;

describe.each(readers)('every page of a %s', (kind) => {
  it.each(screens)(
    'has no barrier, shifts nothing, fits and weighs little, in $scheme, $width pixels wide',
    async ({ scheme, width }) => {
      const context = await contextFor(kind, { colorScheme: scheme, viewport: { width, height: 800 } });
      const { page, complaints } = await watchedPage(context, app.url);
      const faults: string[] = [];
      for (const path of paths.get(kind)!) {
        await page.goto(app.url + path);
        const found = await barriersOf(page);
        const shifts = (await page.evaluate('window.shifts')) as string[];
        found.push(...shifts.map((shift) => `shift ${shift}`), ...complaints.splice(0));
        const bytes = (await page.evaluate(weigh)) as number;
        if (bytes > mostBytes) found.push(`${bytes} bytes`);
        await expectNoSidewaysScroll(page).catch((error: unknown) =>
          found.push(error instanceof Error ? error.message : String(error)),
        );
        faults.push(...found.map((one) => `${path}: ${one}`));
      }
      await context.close();
      expect(faults).toEqual([]);
    },
    300_000,
  );
});
