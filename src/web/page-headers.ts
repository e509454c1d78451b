import { applyDecorators, Header } from '@nestjs/common';

/** No script, no frame, nothing from elsewhere; forms go back to where they came from. */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const always = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const byReader = {
  /** Alike for everybody, and still asked for anew: a shared change can turn out late. */
  anybody: { 'cache-control': 'no-cache' },
  /** Whoever has the link. It stays out of caches and search engines. */
  'link-holder': { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' },
} as const;

export type Reader = keyof typeof byReader;

export function pageHeaders(reader: Reader): Readonly<Record<string, string>> {
  return { ...always, ...byReader[reader] };
}

/** Sends what a handler returns as a page for such readers. */
export function ServesPage(reader: Reader) {
  return applyDecorators(...Object.entries(pageHeaders(reader)).map(([name, value]) => Header(name, value)));
}
