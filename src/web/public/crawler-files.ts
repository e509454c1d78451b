import type { Site } from '../frame/site.js';

/** Areas that are somebody's own, or lead to what is. */
const privateAreas = [
  '/alerts/',
  '/confirm/',
  '/coverage',
  '/deliveries',
  '/destinations',
  '/digests/',
  '/feeds/',
  '/follow',
  '/inbox',
  '/operator',
  '/overview',
  '/sandbox/',
  '/settings',
  '/sign-in',
  '/slack/',
  '/suppressed',
  '/unsubscribe/',
  '/v1/',
  '/watchlists',
];

/** What crawlers leave alone, and where the map is. */
export function robotsText({ origin, base }: Site): string {
  const lines = [
    'User-agent: *',
    ...privateAreas.map((path) => `Disallow: ${base}${path}`),
    `Disallow: ${base}/changes/*/why`,
  ];
  return `${lines.join('\n')}\n\nSitemap: ${origin}${base}/sitemap.xml\n`;
}

/** The map's parts (sitemaps.org 0.9). */
export function sitemapIndex(
  { origin, base }: Site,
  parts: readonly { kind: string; after: string | null }[],
): string {
  const entries = parts.map(({ kind, after }) => {
    const from = after === null ? '' : `?after=${encodeURIComponent(after)}`;
    return `<sitemap><loc>${escaped(`${origin}${base}/sitemaps/${kind}.xml${from}`)}</loc></sitemap>`;
  });
  return file('sitemapindex', entries);
}

/** @param kind the first part of the pages' paths, such as `changes` */
export function sitemapPart(
  { origin, base }: Site,
  kind: string,
  pages: readonly { id: string; changedAt: string }[],
): string {
  const entries = pages.map(({ id, changedAt }) => {
    const address = escaped(`${origin}${base}/${kind}/${encodeURIComponent(id)}`);
    return `<url><loc>${address}</loc><lastmod>${changedAt}</lastmod></url>`;
  });
  return file('urlset', entries);
}

function file(root: string, entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</${root}>
`;
}

/** `encodeURIComponent` leaves the apostrophe, and addresses hold ampersands. */
function escaped(address: string): string {
  return address.replaceAll('&', '&amp;').replaceAll("'", '&apos;');
}
