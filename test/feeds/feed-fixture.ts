import type { AlertContent, ChangeContent } from '../../src/domain/alert-content.js';
import { feedDocument, type FeedParts } from '../../src/feeds/feed-document.js';
import { entryOf, type EntryOrigin } from '../../src/feeds/feed-entry.js';
import { alertContent } from '../support/alert-content-fixture.js';

const receivedAt = new Date('2026-05-04T09:00:30Z');

/** An entry of one change. */
export function entryWith(
  change: ChangeContent,
  content: Partial<AlertContent> = {},
  origin: Partial<EntryOrigin> = {},
) {
  const from = {
    source: 'https://archive.test',
    eventId: `event-${change.id}`,
    receivedAt,
    undoneAt: null,
    isRetracted: false,
    ...origin,
  };
  return entryOf(from, alertContent({ ...content, changes: [change] }));
}

/** A feed; without parts, of one change of each kind. */
export function feedWith(parts: Partial<FeedParts> = {}): string {
  return feedDocument({
    id: 'urn:uuid:2f1d0c5e-7a57-4d0b-9a51-4a3a0f5e9f10',
    name: 'Hosting vendors',
    archiveName: 'ConductAtlas Policy Archive',
    updatedAt: receivedAt,
    selfUrl: 'https://tocsin.example/feeds/a-secret',
    siteUrl: 'https://tocsin.example/',
    version: '0.1.0',
    entries: alertContent().changes.map((change) => entryWith(change)),
    ...parts,
  });
}
