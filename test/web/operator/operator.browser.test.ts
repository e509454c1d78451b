import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { startBrowser } from '../../support/browser.js';
import { provisionEvent } from '../../support/events.js';
import { signIn } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';
import { expectLegible, watchedPage } from '../page-checks.js';

let app: TestApp;
let browser: Browser;
let accountId: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  const account = await app.createAccount({ email: 'a-reader-with-a-long-address@mail.example.org' });
  accountId = account.id;
  await watch(app, account, [['entity', 'amazon']], { name: 'Cloud terms' });
  await app.postEvents([provisionEvent({ entity: 'amazon' })]);
  await app.work();
  await app.database.execute(
    `insert into delivery (account_id, destination_id, kind, lane, state, reason, due_at, created_at, died_at)
     select account_id, id, 'test', 'email', 'dead', 'the mail server answered 550', $1, $1, $1 from destination`,
    [app.clock.now()],
  );
  await app.database.execute(
    `insert into throughput (minute, lane, process, delivered, failed)
     select $1::timestamptz - n * interval '47 minutes', 'email', gen_random_uuid(), 20 + n * 7 % 40, n % 5
     from generate_series(1, 28) as n`,
    [app.clock.now()],
  );
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const screens = (['light', 'dark'] as const).flatMap((scheme) =>
  [360, 1_280].map((width) => ({ scheme, width })),
);

it.each(screens)(
  'can be read in $scheme, $width pixels wide',
  { timeout: 120_000 },
  async ({ scheme, width }) => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 } });
    await signIn(context, app, 'operator');
    const { page, complaints } = await watchedPage(context, app.url);
    const look = async (name: string) => {
      await expectLegible(page);
      // Wide tables scroll in a region of their own; the page never does.
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
    };
    for (const path of [
      '',
      '/destinations',
      '/dead',
      '/suppressed',
      '/why',
      '/accounts',
      `/accounts/${accountId}`,
    ]) {
      await page.goto(`${app.url}/operator${path}`);
      await look(path.replaceAll('/', '') || 'pulse');
    }
    await page.goto(`${app.url}/operator/inspector?sample=rise`);
    await page.getByRole('button', { name: 'Inspect it' }).click();
    await page.getByRole('heading', { name: 'Whom it would reach' }).waitFor();
    await look('inspector');
    expect(complaints).toEqual([]);
    await context.close();
  },
);
