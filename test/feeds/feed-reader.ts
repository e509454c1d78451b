import { expect } from 'vitest';
import type { Answer, TestAccount, TestApp } from '../support/app.js';

/** Gives a watchlist a feed. @returns the path of its address */
export async function feedOf(app: TestApp, account: TestAccount, watchlistId: string): Promise<string> {
  const made = await app.call('POST', `/v1/watchlists/${watchlistId}/feed`, { token: account.token });
  expect(made.status, made.text).toBe(201);
  expect(made.body.url.startsWith(`${app.url}/feeds/`)).toBe(true);
  return made.body.url.slice(app.url.length);
}

/** Reads a feed as a feed reader does: without a token. */
export async function readFeed(
  app: TestApp,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return app.call('GET', path, { headers });
}

/** What stands in the elements of a name, the feed's own first, then those of its entries. */
export function textsOf(xml: string, name: string): string[] {
  return Array.from(
    xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g')),
    ([, text]) => text!,
  );
}

/** What provisions the entries speak of, newest first; "x" of "x-of-y". */
export function provisionsOf(xml: string): string[] {
  return textsOf(xml, 'title')
    .slice(1)
    .map((title) => title.replace(/^.*: Provision (.+?)(-of-.*)?$/, '$1'));
}
