import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { unreachableEvent } from '../../support/checks.js';
import { provisionEvent, side } from '../../support/events.js';
import { signIn } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';
import { expectLegible, expectNoSidewaysScroll, expectNothingInjected, watchedPage } from '../page-checks.js';
import { daysBefore, followerOfAcme, moveAcme } from './overview-scene.js';

const looks = [
  ['light', 360],
  ['dark', 360],
  ['light', 1_280],
  ['dark', 1_280],
] as const;

describe('the overview in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let members: Record<'settled' | 'fresh', TestAccount>;
  beforeAll(async () => {
    app = await startApp();
    browser = await startBrowser();
    members = { settled: await followerOfAcme(app), fresh: await app.createAccount() };
    await watch(app, members.settled, [['entity', 'lost']], {
      name: '<b>Mornings</b>',
      cadence: { mode: 'daily', at: '08:00' },
      rule: { minSeverity: 'high' },
    });
    await moveAcme(app);
    await app.postEvents([
      provisionEvent({
        entity: 'lost',
        after: side('low'),
        time: daysBefore(app, 5),
        effectiveAt: daysBefore(app, -9).slice(0, 10),
      }),
      unreachableEvent({
        entity: 'lost',
        time: daysBefore(app, 4),
        data: { detail: '<img src=x onerror=alert(1)>' },
      }),
    ]);
    await app.work();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  async function open(context: BrowserContext, as: TestAccount, path: string) {
    await signIn(context, app, as);
    const watched = await watchedPage(context, app.url);
    await watched.page.goto(app.url + path, { waitUntil: 'networkidle' });
    return watched;
  }

  it.each(looks)('reads well, %s and %s px wide', async (colorScheme, width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    for (const [who, path] of [
      ['settled', '/overview'],
      ['settled', '/coverage'],
      ['fresh', '/overview'],
      ['fresh', '/coverage'],
    ] as const) {
      const { page, complaints } = await open(context, members[who], path);
      for (const summary of await page.$$('summary')) await summary.click();
      await expectNoSidewaysScroll(page);
      await expectLegible(page);
      await expectNothingInjected(page);
      expect(complaints).toEqual([]);
      await page.close();
    }
    await context.close();
  });

  it('keeps the words of a chart inside it, and says what it shows', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 900 } });
    const { page } = await open(context, members.settled, '/overview');
    const outside = await page.evaluate(`[...document.querySelectorAll('.chart text')].filter((one) => {
      const [box, frame] = [one.getBoundingClientRect(), one.closest('svg').getBoundingClientRect()];
      return box.width > 0 && (box.left < frame.left - 20 || box.right > frame.right + 16 || box.bottom > frame.bottom + 1);
    }).map((one) => one.textContent)`);
    expect(outside).toEqual([]);
    const named = await page.evaluate(
      `[...document.querySelectorAll('svg.chart')].map((one) => one.getAttribute('aria-labelledby').split(' ').every((id) => document.getElementById(id)))`,
    );
    expect(named).toEqual([true, true]);
    await context.close();
  });
});
