import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../support/browser.js';
import {
  expectLegible,
  expectNoSidewaysScroll,
  expectNothingInjected,
  watchedPage,
} from '../web/page-checks.js';
import { startSlackStage, type SlackStage } from './slack-stage.js';

/** What an administrator may call a workspace. */
const hostileName = `"><script>alert(1)</script><img src=x onerror=alert(1)>${'w'.repeat(30)}`;

let stage: SlackStage;
let browser: Browser;

beforeAll(async () => {
  [stage, browser] = await Promise.all([startSlackStage(), startBrowser()]);
  stage.front.script('oauth.v2.access', async (_form, passOn) => ({
    body: { ...(await passOn()), team: { id: 'T1', name: hostileName } },
  }));
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

const screens = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [360, 1_280].map((width) => ({ colorScheme, width })),
);

describe.each(screens)('in $colorScheme, $width pixels wide', ({ colorScheme, width }) => {
  it('goes from the question to what is next, and says why it does not go twice', async () => {
    const { app } = stage;
    const account = await app.createAccount();
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 780 } });
    const { page, complaints } = await watchedPage(context, app.url);
    const path = await stage.allowed(account);
    const titles: string[] = [];
    const look = async () => {
      await expectNoSidewaysScroll(page);
      await expectLegible(page);
      await expectNothingInjected(page);
      titles.push(await page.locator('h1').innerText());
    };

    await page.goto(app.url + path);
    await look();
    await page.click('button');
    await look();
    expect(complaints).toEqual([]);
    await page.goto(app.url + path);
    await look();
    await page.goto(`${app.url}/slack/oauth?error=access_denied&state=a`);
    await look();
    await context.close();

    expect(titles).toEqual([
      'Add your Slack workspace?',
      'The workspace is added',
      'This link was used already',
      'Nothing was added',
    ]);
  });
});
