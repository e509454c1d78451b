import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent, side } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';
import { alertsOf, watch, webhookTo } from '../../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { crawl } from '../crawl.js';
import { expectNothingInjected } from '../page-checks.js';
import { walk } from './walk.js';

/** Would ask something of its reader, were it ever more than words. */
const hostile = `"'><img src=x onerror=alert(1)></title><script>alert(2)</script>`;

let app: TestApp;
let browser: Browser;
let receiver: WebhookReceiver;
let member: TestAccount;

/** An event whose every name is hostile, of a document of its own. */
function hostileNames() {
  const event = provisionEvent({
    entity: 'mallory',
    before: side('low', hostile),
    after: side('high', `${hostile} ${hostile}`),
    analysis: { summary: hostile, consumerImpact: hostile, complianceMemo: hostile },
  });
  const { entity, document, provision, ...rest } = event.data;
  return {
    ...event,
    data: {
      ...rest,
      entity: { ...entity, name: `Mallory ${hostile}` },
      document: { ...document, title: `Terms ${hostile}` },
      provision: { ...provision, title: `Clause ${hostile}` },
    },
  };
}

beforeAll(async () => {
  [app, browser, receiver] = await Promise.all([startApp(), startBrowser(), startWebhookReceiver()]);
  member = await app.createAccount({ tier: 'professional' });
  const { token } = member;
  receiver.script('/hook', { status: 410, body: hostile });
  const { id } = await webhookTo(app, member, receiver.url('/hook'));
  const label = hostile.slice(0, 80);
  await app.call('PATCH', `/v1/destinations/${id}`, { token, body: { label } });
  await watch(app, member, [['everything', '*']], { name: label, destinationIds: [id] });
  await app.call('POST', '/v1/accounts/1/tokens', { token: app.operatorToken, body: { name: label } });
  await app.postEvents([hostileNames()]);
  await app.work();
  const [alert] = await alertsOf(app, member);
  await app.call('PUT', `/v1/alerts/${alert.alert.id}/note`, { token, body: { text: hostile } });
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await receiver.close();
});

describe.each(['visitor', 'member', 'operator'] as const)('every page of a %s', (kind) => {
  it(
    'shows hostile names, notes and labels as the words they are, and runs nothing of them',
    { timeout: 180_000 },
    async () => {
      const as = { visitor: undefined, member, operator: 'operator' as const }[kind];
      const reader = await visitor(app, as);
      const starts = ['/', '/search?q=mallory', '/operator', '/watchlists/import'];
      const pages = (await crawl(reader, starts, 1)).filter(
        ({ status, text }) => status === 200 && text !== '',
      );
      const hostileOnes = pages.filter(({ text }) => text.includes('onerror=alert(1)'));
      expect(hostileOnes.length, 'pages that show some of it').toBeGreaterThan(3);

      const { page, end } = await walk(browser, app, { ...(as !== undefined && { as }) });
      for (const { path } of hostileOnes) {
        await page.goto(app.url + path);
        await expectNothingInjected(page);
      }
      await end();
    },
  );
});

it('shows what is typed into a search, a filter and a form that comes back as words', async () => {
  const { page, press, end } = await walk(browser, app, { as: member });
  for (const path of ['/search?q=', '/watchlists/new?follow=entity:', '/inbox?entity=', '/recent?entity=']) {
    await page.goto(app.url + path + encodeURIComponent(hostile));
    await expectNothingInjected(page);
  }
  await page.goto(`${app.url}/destinations/new?kind=webhook`);
  await page.locator('#url').fill(`http://169.254.169.254/${hostile}`);
  await page.locator('#label').fill(hostile.slice(0, 80));
  await press('/destinations');
  await page.locator('.faults').waitFor();
  expect(await page.locator('#label').inputValue()).toBe(hostile.slice(0, 80));
  await expectNothingInjected(page);

  await page.goto(`${app.url}/watchlists/import`);
  await page
    .locator('#text')
    .fill(`watchlist,follow_kind,follow_key\n"${hostile.replaceAll('"', '""')}",entity,${'x'.repeat(300)}`);
  await press('/watchlists/import');
  await page.locator('.faults').waitFor();
  await expectNothingInjected(page);
  await end();
});
