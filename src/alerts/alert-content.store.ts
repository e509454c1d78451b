import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { RevisionId } from '../domain/ids.js';
import type { Analysis, Capture } from '../domain/provision-event.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/** Changes as a message tells them, of one revision or of any. $1 revision or null, $2 change ids. Indexes: the primary key, change_revision. */
const FIND_MATCHED_CHANGES = `
  select id, time, kind, before_rank as "beforeRank", after_rank as "afterRank",
    standing_lower as lower, standing_equal as equal, standing_higher as higher, effective_at as "effectiveAt", labels,
    before_text as "beforeText", after_text as "afterText", before_capture as "beforeCapture",
    after_capture as "afterCapture", analysis, flapping, retracted_at as "retractedAt",
    (select by_change.time from change by_change where by_change.id = change.undone_by) as "revertedAt"
  from change where ($1::bigint is null or revision_id = $1) and id = any($2) order by id`;

/**
 * The revision, and exposure around all its changes: after the last one, and without what they added. So provisions that
 * are first heard of in it count before as well. $1 revision. Index: change_revision.
 */
const FIND_REVISION_ROLL_UP = `
  select r.external_id as "externalId", r.part,
    (array_agg(c.entity_exposure_after order by c.id desc))[1]
      - sum(c.entity_exposure_after - c.entity_exposure_before)::integer as "entityBefore",
    (array_agg(c.entity_exposure_after order by c.id desc))[1] as "entityAfter",
    (array_agg(c.document_exposure_after order by c.id desc))[1]
      - sum(c.document_exposure_after - c.document_exposure_before)::integer as "documentBefore",
    (array_agg(c.document_exposure_after order by c.id desc))[1] as "documentAfter"
  from revision r join change c on c.revision_id = r.id
  where r.id = $1 group by r.id`;

export type MatchedChange = {
  id: string;
  time: Date;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  lower: number;
  equal: number;
  higher: number;
  effectiveAt: string | null;
  labels: ChangeLabels;
  beforeText: string | null;
  afterText: string | null;
  beforeCapture: Capture | null;
  afterCapture: Capture | null;
  analysis: Analysis | null;
  flapping: { since: string; times: number } | null;
  retractedAt: Date | null;
  /** When the change that undid it was seen. */
  revertedAt: Date | null;
};

export type RevisionRollUp = {
  externalId: string | null;
  part: number;
  entityBefore: number;
  entityAfter: number;
  documentBefore: number;
  documentAfter: number;
};

/** @param revisionId null for changes of any revision */
export async function findMatchedChanges(
  sql: Sql,
  revisionId: RevisionId | null,
  changeIds: readonly string[],
) {
  return sql.query<MatchedChange>(FIND_MATCHED_CHANGES, [revisionId, changeIds]);
}

export async function findRevisionRollUp(sql: Sql, revisionId: RevisionId): Promise<RevisionRollUp> {
  const [row] = await sql.query<RevisionRollUp>(FIND_REVISION_ROLL_UP, [revisionId]);
  if (!row) throw new Error(`revision ${revisionId} has no changes`);
  return row;
}
