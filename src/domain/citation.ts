import { oneLine } from './plain-text.js';
import type { Capture } from './provision-event.js';

/** What a citation names. Parts that the event lacks are absent or null. */
export type Cited = {
  archiveName: string;
  entity: string;
  document: string;
  record: string;
  /** RFC 3339, in any zone. */
  capturedAt?: string | null | undefined;
  /** 64 hex digits. */
  sha256?: string | null | undefined;
  url?: string | null | undefined;
};

/** How many digits of a digest are shown: 64 bits tell the captures of an archive apart. */
const digestDigits = 16;

/**
 * The line that names a record of the archive, ready to paste. Parts that are absent are left out.
 * @throws RangeError when `capturedAt` is no time
 */
export function citationLine(cited: Cited): string {
  const { capturedAt, sha256, url } = cited;
  const parts = [
    oneLine(cited.archiveName),
    `Entity: ${oneLine(cited.entity)}`,
    `Document: ${oneLine(cited.document)}`,
    `Record: ${oneLine(cited.record)}`,
    capturedAt && `Captured: ${utcSeconds(capturedAt)}`,
    sha256 && `SHA-256: ${sha256.slice(0, digestDigits).toLowerCase()}…`,
    url && `URL: ${oneLine(url)}`,
  ];
  return parts.filter(Boolean).join(' | ');
}

/** What is known of a record. Its capture is the one of its wording now, or of its last one. */
export type CitedRecord = {
  archiveName: string;
  entity: { name: string };
  document: { title: string; url?: string | null | undefined };
  provision: { id: string; url?: string | null | undefined };
  capture: Capture | null;
};

/** The citation of a record: of all the addresses that are known, the one nearest to the record itself. */
export function citationOf({ archiveName, entity, document, provision, capture }: CitedRecord): string {
  return citationLine({
    archiveName,
    entity: entity.name,
    document: document.title,
    record: provision.id,
    capturedAt: capture?.capturedAt,
    sha256: capture?.sha256,
    url: provision.url ?? capture?.archiveUrl ?? capture?.sourceUrl ?? document.url,
  });
}

/** `2026-03-06 20:03:12 UTC` */
function utcSeconds(time: string): string {
  return new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
