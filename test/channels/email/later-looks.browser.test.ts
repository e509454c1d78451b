import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import { startBrowser } from '../../support/browser.js';
import { mailOf } from './email-fixture.js';
import {
  coverageContent,
  digestContent,
  echoContent,
  heartbeat,
  readerWithoutAlert,
} from './later-content.js';
import { expectReadable, shownMail, type Look } from './mail-page.js';

/** What a mail program shows of a mail before anybody scrolls, of a laptop's and of a phone's screen. */
const foldPx = 640;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => browser.close());

const wide = { width: 660, height: 860 };
const narrow = { width: 360, height: 780 };

/** What each says above the fold, after its heading. */
type LaterLook = Look & { says: RegExp[] };

const digest = {
  content: digestContent(),
  reader: readerWithoutAlert(),
  says: [/^High ▲/, /2 rose, 2 fell/, /Sunday 3 May 2026, 08:00 to Monday 4 May/, /Open this digest/],
};
const reverted = {
  content: echoContent('reverted'),
  says: [/^Reverted/, /went back on 5 May 2026/, /Open the alert/],
};
const lost = {
  content: coverageContent(),
  reader: readerWithoutAlert(),
  says: [/^Out of sight/, /its silence means nothing/, /Open the document/],
};

const { archiveName } = alertContent();
const signInLink = recipient({
  alert: null,
  links: { confirm: `https://tocsin.example/sign-in/${'kQ7-x'.repeat(8)}abc` },
});
const signIn = {
  content: { kind: 'sign-in', purpose: 'link', archiveName } as const,
  reader: signInLink,
  says: [
    /works once, within 15 minutes/,
    /^Sign in$/,
    /copy this address/,
    /without the link nobody gets in/,
  ],
};
const signUp = {
  content: { kind: 'sign-in', purpose: 'sign-up', archiveName } as const,
  reader: signInLink,
  says: [/free of charge/, /^Make the account$/, /copy this address/, /no account is made/],
};
const noAccount = {
  content: { kind: 'sign-in', purpose: 'no-account', archiveName } as const,
  reader: readerWithoutAlert(),
  says: [/no account has this address/, /ask whoever runs this Tocsin/, /nothing was made/],
};

const looks: LaterLook[] = [
  { name: 'digest-mail', ...digest, scheme: 'light', ...wide },
  { name: 'digest-mail-dark', ...digest, scheme: 'dark', ...wide },
  { name: 'digest-mail-narrow', ...digest, scheme: 'light', ...narrow },
  { name: 'reverted-mail', ...reverted, scheme: 'light', ...wide },
  { name: 'reverted-mail-dark', ...reverted, scheme: 'dark', ...wide },
  { name: 'reverted-mail-narrow', ...reverted, scheme: 'light', ...narrow },
  {
    name: 'reminder-mail',
    content: echoContent('reminder'),
    says: [/^Reminder/, /in 7 days, on 1 June 2026/, /Open the alert/],
    scheme: 'light',
    ...wide,
  },
  {
    name: 'heartbeat-mail-narrow',
    content: heartbeat(),
    reader: readerWithoutAlert(),
    says: [/^Daily digest/, /41 documents checked, the newest capture 3 h ago/],
    scheme: 'light',
    ...narrow,
  },
  { name: 'lost-mail', ...lost, scheme: 'light', ...wide },
  { name: 'lost-mail-narrow-dark', ...lost, scheme: 'dark', ...narrow },
  { name: 'sign-in-mail', ...signIn, scheme: 'light', ...wide, height: 480 },
  { name: 'sign-in-mail-dark', ...signIn, scheme: 'dark', ...wide, height: 480 },
  { name: 'sign-in-mail-narrow', ...signIn, scheme: 'light', ...narrow, height: 560 },
  { name: 'sign-up-mail', ...signUp, scheme: 'light', ...wide, height: 480 },
  { name: 'no-account-mail-narrow-dark', ...noAccount, scheme: 'dark', ...narrow, height: 560 },
];

describe.each(looks)('$name, $scheme, $width pixels wide', (look) => {
  it('can be read, and says above the fold what it is about', async () => {
    await shownMail(browser, look, async (page) => {
      await expectReadable(page);
      const bottomOf = async (locator: ReturnType<typeof page.locator>) => {
        const box = await locator.first().boundingBox();
        return box === null ? Infinity : box.y + box.height;
      };
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(await bottomOf(page.getByRole('heading', { level: 1 })), 'heading').toBeLessThan(foldPx);
      for (const words of look.says) {
        expect(await bottomOf(page.getByText(words)), String(words)).toBeLessThan(foldPx);
      }
    });
  });
});

it('gives Outlook nothing that Word lacks', async () => {
  for (const { content, reader } of looks) {
    const { html } = await mailOf(content, reader);
    expect(html).toMatch(/<!--\[if mso \| IE\]><table[^>]*width="600"/);
    const inline = [...html.matchAll(/style="([^"]*)"/g)].map(([, style]) => style).join(';');
    expect(inline).not.toMatch(
      /display:\s*(?:flex|grid)|position:|float:|background-image|calc\(|var\(|rgba/,
    );
    expect(html).not.toMatch(/<(?:img|svg|video|form|input|button|script|link)\b/);
  }
});
