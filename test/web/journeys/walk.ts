import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestApp } from '../../support/app.js';
import { signIn } from '../../support/visiting.js';

/** Each journey is walked twice: pages are whole without a script. */
export const ways = [
  { way: 'with a script', script: true },
  { way: 'without a script', script: false },
] as const;

/** One browser of somebody's. */
export type Walk = {
  context: BrowserContext;
  page: Page;
  /** Presses the button of the form that goes to this path; of several buttons the one with this value. */
  press(action: string | RegExp, value?: string): Promise<void>;
  /** Ends it; nothing may have gone wrong in any of its tabs. */
  end(): Promise<void>;
};

type WalkOptions = Parameters<Browser['newContext']>[0] & {
  script?: boolean;
  as?: { id: string } | 'operator';
};

export async function walk(
  browser: Browser,
  app: TestApp,
  { script = true, as, ...options }: WalkOptions = {},
): Promise<Walk> {
  const context = await browser.newContext({ javaScriptEnabled: script, ...options });
  context.setDefaultTimeout(20_000);
  if (as !== undefined) await signIn(context, app, as);
  const complaints = complaintsOf(context, app.url);
  const page = await context.newPage();
  return {
    context,
    page,
    press: async (action, value) => press(page, action, value),
    async end() {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}

/** Errors, refusals of the content policy, dialogs and requests to elsewhere, in every tab. */
function complaintsOf(context: BrowserContext, origin: string): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    // Caught mail is shown without the right to run scripts, which is how a test reads its links.
    // Chromium notes every answer that refuses, such as a form that comes back.
    const isExpected = /sandbox\//.test(message.location().url) || /status of 4\d\d/.test(message.text());
    if (!isExpected) {
      complaints.push(`console: ${message.text()} at ${message.location().url}`);
    }
  });
  context.on('weberror', (error) => complaints.push(`error: ${error.error().message}`));
  context.on('requestfailed', (request) => {
    // What is left behind by going on, or becomes a file, is broken off by the browser itself.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`elsewhere: ${request.url()}`);
  });
  context.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}

/** Of several equal buttons the first that is in sight. Waits until the answer is there, as its reader would. */
export async function press(page: Page, action: string | RegExp, value?: string): Promise<void> {
  const actions = await page
    .locator('form')
    .evaluateAll((forms) => forms.map((form) => form.getAttribute('action') ?? ''));
  const found = actions.find((one) => (typeof action === 'string' ? one === action : action.test(one)));
  if (found === undefined)
    throw new Error(`no form to ${action} on ${page.url()}, only ${actions.join(' ')}`);
  const button = value === undefined ? 'button:not([type=button])' : `button[value="${value}"]`;
  await answered(page, async () =>
    page.locator(`form[action="${found}"] ${button}:not(.unseen)`).first().click(),
  );
}

/** Does what sends a form, and waits for the answer: a page, or a part of one. */
export async function answered(page: Page, act: () => Promise<void>): Promise<void> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  const loaded = page.waitForEvent('domcontentloaded').catch(() => undefined);
  await act();
  if ((await answer).request().isNavigationRequest()) await loaded;
}

/** The path of a page, without its query. */
export function pathOf(page: Page): string {
  return new URL(page.url()).pathname;
}

/**
 * Opens the newest mail to an address in the mailbox, and a link of it in the tab that the mailbox opens for it.
 *
 * @param link of the links of the mail, the first that matches
 */
export async function followMail(page: Page, app: TestApp, to: string, link: RegExp): Promise<Page> {
  await page.goto(`${app.url}/sandbox/mailbox`);
  await page.getByRole('listitem').filter({ hasText: to }).first().getByRole('link').click();
  const all = page.frameLocator('iframe').locator('a');
  await all.first().waitFor();
  const hrefs = await all.evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''));
  const place = hrefs.findIndex((href) => link.test(href));
  if (place < 0) throw new Error(`no link like ${link} in the mail, only ${hrefs.join(' ')}`);
  const opened = page.context().waitForEvent('page');
  await all.nth(place).click();
  const tab = await opened;
  await tab.waitForLoadState();
  return tab;
}

/** What a link gives as a file. */
export async function fileFrom(page: Page, selector: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.locator(selector).first().click();
  return readFile(await (await downloading).path(), 'utf8');
}

/** What the page says was done, where the reader's focus is. */
export async function expectSaid(page: Page, words: RegExp): Promise<void> {
  await expect
    .poll(async () => page.locator('main [role=status]').allTextContents())
    .toContainEqual(expect.stringMatching(words));
}
