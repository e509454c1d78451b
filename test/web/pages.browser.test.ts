import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { startBrowser } from '../support/browser.js';
import { provisionEvent, side } from '../support/events.js';
import { mailTo } from '../support/inbox-of-mail.js';
import { alertsOf, watch } from '../support/watching.js';
import { hostileEvent } from './hostile-events.js';
import { expectLegible, expectNoSidewaysScroll, expectNothingInjected, watchedPage } from './page-checks.js';

let app: TestApp;
let browser: Browser;
let hostilePages: string[];
let changePath: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const account = await app.createAccount({ tier: 'professional' });
  await watch(app, account, [['everything', '*']], { name: `"><script>alert(1)</script>${'w'.repeat(50)}` });
  const plain = provisionEvent({
    before: side('medium', 'You may leave whenever you like.'),
    after: side('high', 'You may not leave.'),
  });
  await app.postEvents([plain, hostileEvent('hostile')]);
  await app.work();
  const changes = await app.database.query<{ id: string; event_id: string }>(
    'select id, event_id from change',
  );
  const pathOf = (event: string) => `/changes/${changes.find((one) => one.event_id === event)!.id}`;
  const alerts = await alertsOf(app, account);
  changePath = pathOf(plain.id);
  hostilePages = [pathOf('hostile'), '/', ...alerts.map((one) => one.alert.url.replace(app.url, ''))];
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

/** Makes an account that got a mail. @returns the mail's unsubscribe link */
async function unsubscribeLink(): Promise<string> {
  const account = await app.createAccount({ tier: 'watcher' });
  const entity = `of-${account.id}`;
  await watch(app, account, [['entity', entity]], { name: 'Cloud terms' });
  await app.postEvents([provisionEvent({ entity, after: side('high') })]);
  await app.work();
  const [mail] = await mailTo(app, account.email);
  return /<(http[^>]+)>/.exec(mail!.headers['list-unsubscribe']!)![1]!;
}

const screens = (['light', 'dark'] as const).flatMap((scheme) =>
  [360, 1_280].map((width) => ({ scheme, width })),
);

describe.each(screens)('in $scheme, $width pixels wide', ({ scheme, width }) => {
  let context: BrowserContext;

  beforeAll(async () => {
    context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 780 } });
  });
  afterAll(async () => context.close());

  it('shows a change so that it can be read and listened to', async () => {
    const { page, complaints } = await watchedPage(context, app.url);
    await page.goto(app.url + changePath);

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Provision');
    expect(await page.locator('del').textContent()).toContain('[removed: ');
    await expectLegible(page);
    await expectNoSidewaysScroll(page);
    expect(complaints).toEqual([]);
  });

  it('keeps hostile texts words, and within the page', async () => {
    const { page, complaints } = await watchedPage(context, app.url);
    for (const path of hostilePages) {
      await page.goto(app.url + path);
      await expectNothingInjected(page);
      await expectNoSidewaysScroll(page);
    }
    expect(complaints).toEqual([]);
  });

  it('unsubscribes by keyboard alone', async () => {
    const { page, complaints } = await watchedPage(context, app.url);
    await page.goto(await unsubscribeLink());
    await expectLegible(page);
    await expectNoSidewaysScroll(page);

    const focused = page.locator(':focus');
    await page.keyboard.press('Tab');
    expect(await focused.textContent()).toBe('Skip to the content');
    expect((await focused.boundingBox())!.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused.textContent()).toBe('Stop these alerts to this address');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'Done. These alerts are stopped' }).waitFor();
    await expectLegible(page);
    await expectNoSidewaysScroll(page);
    expect(complaints).toEqual([]);
  });
});

it('confirms an address by its button', async () => {
  const account = await app.createAccount();
  const { body } = await app.call('POST', '/v1/destinations', {
    token: account.token,
    body: { kind: 'email', settings: { address: 'button@example.org' } },
  });
  await app.work();
  const [mail] = await mailTo(app, 'button@example.org');
  const { page, complaints } = await watchedPage(await browser.newContext(), app.url);
  await page.goto(/(http\S+\/confirm\/[\w-]+)/.exec(mail!.text)![1]!);
  await page.getByRole('button', { name: 'Confirm this address' }).click();

  await page.getByRole('heading', { name: 'Confirmed' }).waitFor();
  const { body: confirmed } = await app.call('GET', `/v1/destinations/${body.id}`, { token: account.token });
  expect(confirmed.status).toBe('active');
  expect(complaints).toEqual([]);
});
