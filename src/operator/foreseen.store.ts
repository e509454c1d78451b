import type { ChangeLabels } from '../changes/change-draft.js';
import type { RevisionId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { ChangeKind } from '../domain/delta.js';
import type { Sql, Transaction } from '../platform/database.js';

/** A change that the running transaction recorded, with its revision. $1 change. Indexes: the primary keys. */
const FIND_FORESEEN = `
  select c.id, c.kind, c.before_rank as "beforeRank", c.after_rank as "afterRank", c.time, c.labels, c.late, c.gap, c.verdict,
    c.correction, c.effective_at as "effectiveAt", c.before_text as "beforeText", c.after_text as "afterText",
    c.standing_lower as "standingLower", c.standing_equal as "standingEqual", c.standing_higher as "standingHigher",
    c.entity_exposure_before as "entityBefore", c.entity_exposure_after as "entityAfter",
    c.document_exposure_before as "documentBefore", c.document_exposure_after as "documentAfter",
    r.external_id as "revisionName", r.size, r.settled_at is not null as settled, r.settle_at as "settleAt",
    (select sum(received)::integer from revision other where other.source = r.source
      and other.document_id = r.document_id and other.external_id = r.external_id) as received
  from change c join revision r on r.id = c.revision_id where c.id = $1`;

/**
 * The revisions that are to be fanned out after the running transaction, or will be when they settle, and what of them would be
 * told: that of change $1, and those that stand again because of it. Indexes: revision_to_plan, change_revision, the primary keys.
 */
const LIST_TO_TELL = `
  with touched as (
    select id from revision
    where settled_at is not null and planned_at is null and xmin = pg_current_xact_id()::xid
    union
    select r.id from change c join revision r on r.id = c.revision_id where c.id = $1 and r.planned_at is null
  )
  select r.id as "revisionId", r.first_planned_at as "firstPlannedAt", c.id, c.before_rank as "beforeRank",
    c.after_rank as "afterRank", c.kind, c.changed_words::text as "changedWords", c.time,
    (select jsonb_agg(jsonb_build_object('kind', s.kind, 'key', s.key)) from change_subject s where s.change_id = c.id) as subjects
  from touched join revision r on r.id = touched.id join change c on c.revision_id = r.id
  where not c.late and not c.silent and c.verdict in ('news', 'flapping') and c.undone_by is null and c.retracted_at is null
    and (r.retold_ids is null or c.id = any (r.retold_ids))
  order by r.id, c.id`;

/**
 * What the running transaction has to say to those who were told of other changes before. No parameters. Index: echo_to_plan.
 */
const LIST_ECHOES = `
  select id, kind, revision_id as "revisionId" from echo
  where planned_at is null and xmin = pg_current_xact_id()::xid order by id`;

/** How many accounts were alerted of a revision, counted up to $2. $1 revision. Index: the unique key of alert. */
const COUNT_ALERTED = `
  select count(*)::integer as count from (select from alert where revision_id = $1 limit $2) alerted`;

export type ForeseenChange = {
  id: string;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  time: Date;
  labels: ChangeLabels;
  late: boolean;
  gap: boolean;
  verdict: 'news' | 'reverted' | 'flapping' | 'quiet';
  correction: number;
  effectiveAt: string | null;
  beforeText: string | null;
  afterText: string | null;
  standingLower: number;
  standingEqual: number;
  standingHigher: number;
  entityBefore: number;
  entityAfter: number;
  documentBefore: number;
  documentAfter: number;
  revisionName: string | null;
  size: number | null;
  settled: boolean;
  settleAt: Date | null;
  /** Events of the revision that are in; null for a change that stands alone. */
  received: number | null;
};

export type ToTell = {
  revisionId: RevisionId;
  firstPlannedAt: Date | null;
  id: string;
  beforeRank: number;
  afterRank: number;
  kind: string;
  changedWords: string;
  time: Date;
  subjects: { kind: string; key: string }[];
};

export type ForeseenEcho = {
  id: string;
  kind: 'reverted' | 'retracted' | 'corrected' | 'reminder';
  revisionId: RevisionId;
};

export async function findForeseen(tx: Transaction, changeId: string): Promise<ForeseenChange> {
  const [row] = await tx.query<ForeseenChange>(FIND_FORESEEN, [changeId]);
  if (!row) throw new Error('a change that was just recorded is not there');
  return row;
}

export async function listToTell(tx: Transaction, changeId: string): Promise<ToTell[]> {
  return tx.query<ToTell>(LIST_TO_TELL, [changeId]);
}

export async function listForeseenEchoes(tx: Transaction): Promise<ForeseenEcho[]> {
  return tx.query<ForeseenEcho>(LIST_ECHOES);
}

export async function countAlerted(sql: Sql, revisionId: RevisionId, most: number): Promise<number> {
  const [row] = await sql.query<{ count: number }>(COUNT_ALERTED, [revisionId, most]);
  return row?.count ?? 0;
}
