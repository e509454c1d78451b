import type { ComponentChildren } from 'preact';
import { webAddress } from '../domain/web-url.js';

/** Links longer than this are left out: a few of them would make an entry longer than its words do. */
const longestAddress = 1_000;

/** The address that a link out of the archive's data may have: http(s) alone. */
export function linkAddress(url: string | null | undefined): string | null {
  const href = webAddress(url)?.href ?? null;
  return href !== null && href.length <= longestAddress ? href : null;
}

/** A link out of the archive's data, or its words alone where there can be none. */
export function OutsideLink({ url, children }: { url: string | null; children: ComponentChildren }) {
  const href = linkAddress(url);
  return href === null ? <>{children}</> : <a href={href}>{children}</a>;
}
