/** Scripts and styles are files of ours; no frame, nothing from elsewhere; forms go back to where they came from. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
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
  anybody: { 'cache-control': 'no-cache', vary: 'cookie' },
  /** Whoever has the link or is signed in. It stays out of caches and search engines. */
  'link-holder': { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' },
} as const;

export function pageHeaders(reader: keyof typeof byReader): Readonly<Record<string, string>> {
  return { ...always, ...byReader[reader] };
}
