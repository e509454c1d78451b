import { shownLine } from '../domain/shown-text.js';
import { element, xmlDocument, type Xml } from './xml.js';

export type FeedParts = {
  /** An IRI that stays, whatever the address. */
  id: string;
  /** The watchlist's. */
  name: string;
  archiveName: string;
  /** When the newest entry came, or, while there is none, the feed. */
  updatedAt: Date;
  selfUrl: string;
  siteUrl: string;
  /** Of the program. */
  version: string;
  /** Newest first. */
  entries: readonly Xml[];
};

/** An Atom feed (RFC 4287). */
export function feedDocument(parts: FeedParts): string {
  const archiveName = shownLine(parts.archiveName, 200);
  return xmlDocument(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom' }, [
      element('id', {}, parts.id),
      element('title', {}, `${shownLine(parts.name, 200)} · ${archiveName}`),
      element('subtitle', {}, `The newest changes in the ${archiveName} that this watchlist wants`),
      element('updated', {}, parts.updatedAt.toISOString()),
      element('link', { rel: 'self', type: 'application/atom+xml', href: parts.selfUrl }),
      element('link', { rel: 'alternate', type: 'text/html', href: parts.siteUrl }),
      element('generator', { version: parts.version }, 'Tocsin'),
      ...parts.entries,
    ]),
  );
}
