import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent, side } from '../../support/events.js';
import { signIn } from '../../support/visiting.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from '../../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { hostileEvent } from '../hostile-events.js';
import { expectLegible, expectNoSidewaysScroll, expectNothingInjected, watchedPage } from '../page-checks.js';

let app: TestApp;
let browser: Browser;
let receiver: WebhookReceiver;
let account: TestAccount;
let paths: string[];

beforeAll(async () => {
  [app, browser, receiver] = await Promise.all([startApp(), startBrowser(), startWebhookReceiver()]);
  account = await app.createAccount({ tier: 'professional' });
  receiver.script(
    '/hook',
    { status: 500, body: `<script>alert(1)</script>${'w'.repeat(300)}` },
    { status: 200 },
  );
  const { id } = await webhookTo(app, account, receiver.url('/hook'));
  const name = `"><script>alert(1)</script>${'w'.repeat(50)}`;
  await watch(app, account, [['everything', '*']], { name, destinationIds: [id] });
  await watch(app, account, [['everything', '*']], { name: 'High only', rule: { minSeverity: 'high' } });
  for (const entity of ['acme', 'globex', 'initech']) {
    await app.postEvents([
      provisionEvent({
        entity,
        before: side('medium', 'You may leave whenever you like.'),
        after: side('high', 'You may not leave.'),
      }),
    ]);
    await app.work();
  }
  await app.postEvents([
    provisionEvent({ entity: 'umbrella', after: side('low'), before: side('low', 'Old words.') }),
    hostileEvent('hostile'),
  ]);
  await app.work();
  const [alert] = await alertsOf(app, account);
  const deliveries = await deliveriesOf(app, account);
  const failed = deliveries.find(({ attempts }) => attempts.length > 0 && attempts[0].outcome === 'retry');
  await app.call('PUT', `/v1/alerts/${alert.alert.id}/note`, {
    token: account.token,
    body: { text: `<b>Look</b> ${'w'.repeat(200)}` },
  });
  await app.call('PUT', '/v1/mutes/document/quiet-terms', { token: account.token });
  await app.postEvents([provisionEvent({ entity: 'quiet', after: side('high') })]);
  await app.work();
  paths = [
    '/inbox?state=all',
    '/inbox/acknowledge-all',
    `/alerts/${alert.alert.id}`,
    '/deliveries',
    `/deliveries/${failed.id}`,
    '/suppressed',
    `/changes/${alert.changes[0].id}/why`,
  ];
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await receiver.close();
});

const screens = (['light', 'dark'] as const).flatMap((scheme) =>
  [360, 1_280].map((width) => ({ scheme, width })),
);

describe.each(screens)('in $scheme, $width pixels wide', ({ scheme, width }) => {
  it('can be read, holds hostile texts within the page, and makes nothing of them', async () => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 780 } });
    await signIn(context, app, account);
    const { page, complaints } = await watchedPage(context, app.url);
    for (const path of paths) {
      const answer = await page.goto(app.url + path);
      expect(answer!.status(), path).toBe(200);
      await expectNothingInjected(page);
      await expectLegible(page);
      await expectNoSidewaysScroll(page);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});

it('is gone through by keys alone', async () => {
  const context = await browser.newContext();
  await signIn(context, app, account);
  const { page, complaints } = await watchedPage(context, app.url);
  await page.goto(`${app.url}/inbox`);
  const rows = page.locator('[data-row]');
  const count = await rows.count();
  const focused = page.locator(':focus');

  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const second = await focused.textContent();
  expect(second).toBe(await rows.nth(1).locator('[data-open]').textContent());
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  expect(await page.locator('.pick:checked').count()).toBe(2);
  await page.keyboard.press('e');
  await page.getByRole('status').waitFor();
  expect(await rows.count()).toBe(count - 2);

  await page.locator('[data-select-all]').check();
  expect(await page.locator('.pick:checked').count()).toBe(count - 2);
  await page.locator('[data-select-all]').uncheck();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/alerts\/\d+$/);
  expect(complaints).toEqual([]);
  await context.close();
});
