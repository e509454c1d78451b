import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { ChangeId } from '../domain/ids.js';
import type { Capture } from '../domain/provision-event.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * A page of history, newest first: ids and how long the texts are, so that the wide rows are read for what is shown alone.
 * octet_length reads no text that is stored out of line.
 * $1 entity, $2 document, $3 provision, $4 since, $5 id of the last one shown, each or null; $6 limit.
 * Indexes: change_entity, change_document, change_provision, or the primary key backwards: a filter that is null falls
 * away when the statement is planned, which is at each call.
 */
const LIST_CHANGES = `
  select id, coalesce(octet_length(before_text), 0) + coalesce(octet_length(after_text), 0) as "textBytes"
  from change
  where ($1::text is null or entity_id = $1)
    and ($2::text is null or document_id = $2)
    and ($3::text is null or provision_id = $3)
    and ($4::timestamptz is null or time >= $4)
    and ($5::bigint is null or id < $5)
  order by id desc limit $6`;

/** $1 ids. Index: the primary key. */
const FIND_CHANGES = `
  select id, source, event_id as "eventId", time, received_at as "receivedAt", effective_at as "effectiveAt", labels,
    kind, before_rank as "beforeRank", after_rank as "afterRank",
    entity_exposure_before as "entityExposureBefore", entity_exposure_after as "entityExposureAfter",
    document_exposure_before as "documentExposureBefore", document_exposure_after as "documentExposureAfter",
    standing_lower as "standingLower", standing_equal as "standingEqual", standing_higher as "standingHigher",
    late, gap, verdict, correction, undone_by as "undoneBy", retracted_at as "retractedAt",
    retraction_reason as "retractionReason",
    (select undoing.time from change undoing where undoing.id = change.undone_by) as "undoneAt", before_text as "beforeText", after_text as "afterText",
    before_capture as "beforeCapture", after_capture as "afterCapture"
  from change where id = any($1::bigint[])
  order by id desc`;

export type ChangeRow = {
  id: ChangeId;
  source: string;
  eventId: string;
  time: Date;
  receivedAt: Date;
  effectiveAt: string | null;
  labels: ChangeLabels;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  entityExposureBefore: number;
  entityExposureAfter: number;
  documentExposureBefore: number;
  documentExposureAfter: number;
  standingLower: number;
  standingEqual: number;
  standingHigher: number;
  late: boolean;
  gap: boolean;
  verdict: 'news' | 'reverted' | 'flapping' | 'quiet';
  correction: number;
  undoneBy: string | null;
  undoneAt: Date | null;
  retractedAt: Date | null;
  retractionReason: string | null;
  beforeText: string | null;
  afterText: string | null;
  beforeCapture: Capture | null;
  afterCapture: Capture | null;
};

export type ListedChange = { id: ChangeId; textBytes: number };

export type ChangeFilters = {
  entity: string | null;
  document: string | null;
  provision: string | null;
  since: Date | null;
};

export async function listChanges(
  sql: Sql,
  filters: ChangeFilters,
  after: string | null,
  limit: number,
): Promise<ListedChange[]> {
  const { entity, document, provision, since } = filters;
  return sql.query<ListedChange>(LIST_CHANGES, [entity, document, provision, since, after, limit]);
}

/** @returns newest first; an id that does not exist is left out */
export async function findChanges(sql: Sql, ids: readonly ChangeId[]): Promise<ChangeRow[]> {
  return sql.query<ChangeRow>(FIND_CHANGES, [ids]);
}
