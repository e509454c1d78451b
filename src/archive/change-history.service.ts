import { setImmediate as otherWork } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { deltaOfRanks } from '../domain/delta.js';
import type { ChangeRecord, ChangeView } from '../domain/change-view.js';
import { parseRowId, type ChangeId } from '../domain/ids.js';
import { wordDiff } from '../domain/word-diff.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page } from '../platform/http/page.js';
import type { ChangeQuery } from './archive-queries.js';
import { findChanges, listChanges, type ChangeRow, type ListedChange } from './change-history.store.js';
import { listName } from './list-name.js';

/**
 * Most text of a page. 200 changes of a real feed have 0.7 MB and take 0.2 s; 200 long ones that share few words had
 * 16 MB and took 48 s, nearly all of it in their diffs.
 */
const mostTextBytes = 2 * 1024 * 1024;

/** The history of changes, as it was recorded. */
@Injectable()
export class ChangeHistory {
  constructor(private readonly database: Database) {}

  /** Newest first; a page ends early when its texts are long. @throws Problem 422 for a cursor of another list or of other filters */
  async list(query: ChangeQuery): Promise<Page<ChangeView>> {
    const { entity = null, document = null, provision = null, since = null } = query;
    const name = listName('changes', [entity, document, provision, since?.toISOString() ?? null]);
    const after = keyOfCursor(name, query.cursor, (key) => parseRowId(key) !== null);
    const filters = { entity, document, provision, since };
    const listed = await listChanges(this.database, filters, after, query.limit + 1);
    const count = Math.min(query.limit, countThatFits(listed));
    const ids = listed.slice(0, count).map((change) => change.id);
    const views = new Map<string, ChangeView>();
    for (const row of await findChanges(this.database, ids)) {
      views.set(row.id, viewOf(row));
      // A diff of long texts takes a tenth of a second and more: whoever else waits comes in between.
      await otherWork();
    }
    const page = pageOfRows(
      name,
      listed,
      count,
      (change) => change.id,
      (change) => views.get(change.id),
    );
    return { ...page, items: page.items.filter((view) => view !== undefined) };
  }

  /** @returns null when there is no such change */
  async find(id: ChangeId): Promise<ChangeView | null> {
    const [row] = await findChanges(this.database, [id]);
    return row ? viewOf(row) : null;
  }

  /** The same without its word diff. @returns null when there is no such change */
  async record(id: ChangeId): Promise<ChangeRecord | null> {
    const [row] = await findChanges(this.database, [id]);
    return row ? recordOf(row) : null;
  }
}

/** How many of the changes make a page of bearable length; never less than one. */
function countThatFits(listed: readonly ListedChange[]): number {
  let bytes = 0;
  const tooMany = listed.findIndex((change) => (bytes += change.textBytes) > mostTextBytes);
  return tooMany < 0 ? listed.length : Math.max(1, tooMany);
}

function viewOf(row: ChangeRow): ChangeView {
  const record = recordOf(row);
  const { before, after } = record.text;
  return { ...record, text: { before, after, diff: wordDiff(before, after) } };
}

function recordOf(row: ChangeRow): ChangeRecord {
  const { entity, document, provision, revision } = row.labels;
  return {
    id: row.id,
    source: row.source,
    eventId: row.eventId,
    time: row.time.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    effectiveAt: row.effectiveAt,
    entity: { id: entity.id, name: entity.name },
    document: { id: document.id, title: document.title, url: document.url ?? null },
    provision: {
      id: provision.id,
      title: provision.title,
      clauseType: provision.clauseType,
      categories: provision.categories,
      url: provision.url ?? null,
    },
    revision: revision && { id: revision.id },
    delta: deltaOfRanks(row.kind, row.beforeRank, row.afterRank),
    standing: { lower: row.standingLower, equal: row.standingEqual, higher: row.standingHigher },
    exposure: {
      entity: { before: row.entityExposureBefore, after: row.entityExposureAfter },
      document: { before: row.documentExposureBefore, after: row.documentExposureAfter },
    },
    late: row.late,
    gap: row.gap,
    verdict: row.verdict,
    undoneBy:
      row.undoneBy === null || row.undoneAt === null
        ? null
        : { id: row.undoneBy, time: row.undoneAt.toISOString() },
    retracted: row.retractedAt && { at: row.retractedAt.toISOString(), reason: row.retractionReason },
    correction: row.correction,
    text: { before: row.beforeText, after: row.afterText },
    capture: { before: row.beforeCapture, after: row.afterCapture },
  };
}
