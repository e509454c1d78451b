import type { ComponentChildren } from 'preact';
import { cut } from '../../domain/shown-text.js';
import { webAddress } from '../../domain/web-url.js';
import { nameOf } from './words.js';

const longestWords = 90;

/** A link out of the archive's data: only http(s) becomes one, anything else stays words. */
export function OutsideLink({
  url,
  children,
}: {
  url: string | null | undefined;
  children: ComponentChildren;
}) {
  const href = webAddress(url)?.href;
  if (href === undefined) return <>{children}</>;
  return (
    <a href={href} rel="noreferrer nofollow ugc">
      {children}
    </a>
  );
}

/** A link that says where it leads. The host is in ASCII: letters that only look like others give themselves away. */
export function SpelledOutLink({ url }: { url: string }) {
  const address = webAddress(url);
  const words = address ? address.host + (address.pathname === '/' ? '' : address.pathname) : nameOf(url);
  return (
    <OutsideLink url={url}>
      <bdi>{cut(words, longestWords)}</bdi>
    </OutsideLink>
  );
}
