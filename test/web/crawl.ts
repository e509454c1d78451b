import type { WebVisitor } from '../support/visiting.js';

/** A page that was found, and where a link to it stood. */
export type Found = { path: string; from: string; status: number; text: string };

/**
 * Follows every link of our own from the start on, two of each kind: `/changes/1` and `/changes/2` are one kind, and so
 * are the same page with other values of the same parameters.
 */
export async function crawl(reader: WebVisitor, starts: readonly string[], perKind = 2): Promise<Found[]> {
  const seen = new Map<string, Set<string>>();
  const found: Found[] = [];
  const queue = starts.map((path) => ({ path, from: 'the start' }));
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { path, from } = next;
    const kind = kindOf(path);
    const known = seen.get(kind) ?? new Set<string>();
    if (known.has(path) || known.size >= perKind) continue;
    seen.set(kind, known.add(path));
    const { status, text, headers, location } = await reader.get(path);
    const isPage = /text\/html/.test(headers.get('content-type') ?? '');
    found.push({ path, from, status, text: isPage ? text : '' });
    if (location !== null) queue.push({ path: location, from: path });
    if (isPage) queue.push(...linksOf(text).map((link) => ({ path: link, from: path })));
  }
  return found;
}

function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://tocsin.localhost');
  const parts = pathname
    .split('/')
    .map((part, index) => (index > 1 && /\d|[A-Z%~]|-.*-/.test(part) ? ':id' : part));
  return `${parts.join('/')}?${[...new Set(searchParams.keys())].toSorted().join('&')}`;
}

/** Those that lead to pages of ours: no files, no API, no mailbox. */
function linksOf(page: string): string[] {
  const hrefs = [...page.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map(([, href]) =>
    href!.replaceAll('&amp;', '&'),
  );
  return hrefs
    .filter((href) => href.startsWith('/') && !/^\/(docs|v1|assets|sandbox|feeds)\b/.test(href))
    .map((href) => href.replace(/#.*$/, ''));
}
