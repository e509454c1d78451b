const always = { 'content-type': 'text/html; charset=utf-8' } as const;

const byReader = {
  /** Alike for everybody, and still asked for anew: a shared change can turn out late. */
  anybody: { 'cache-control': 'no-cache', vary: 'cookie' },
  /** Whoever has the link or is signed in. It stays out of caches and search engines. */
  'link-holder': { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' },
} as const;

/** What a page says besides the headers of every answer: see `secureHeaders`. */
export function pageHeaders(reader: keyof typeof byReader): Readonly<Record<string, string>> {
  return { ...always, ...byReader[reader] };
}
