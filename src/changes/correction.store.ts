import type { Standing } from '../domain/alert-content.js';
import type { Rank } from '../domain/severity.js';
import type { Transaction } from '../platform/database.js';
import { subjectsOf, type ChangeDraft } from './change-draft.js';

/** How the other entities rate clauses of a type. $1 clause type, $2 entity, $3 own rank. Index: provision_clause_type. */
const FIND_STANDING = `
  select count(*) filter (where rank < $3)::integer as lower, count(*) filter (where rank = $3)::integer as equal,
    count(*) filter (where rank > $3)::integer as higher
  from provision where clause_type = $1 and rank > 0 and entity_id <> $2`;

/** Replaces what a change tells; a reminder is due again when it takes effect on another day. $1 draft, $2 whether it does. */
const REPLACE_CHANGE = `
  update change set kind = given.kind, before_rank = given."beforeRank", after_rank = given."afterRank",
    entity_exposure_before = given."entityExposureBefore", entity_exposure_after = given."entityExposureAfter",
    document_exposure_before = given."documentExposureBefore", document_exposure_after = given."documentExposureAfter",
    standing_lower = given."standingLower", standing_equal = given."standingEqual", standing_higher = given."standingHigher",
    effective_at = given."effectiveAt", labels = given.labels, before_text = given."beforeText",
    after_text = given."afterText", before_capture = given."beforeCapture", after_capture = given."afterCapture",
    analysis = given.analysis, before_print = given."beforePrint", after_print = given."afterPrint", correction = given.correction,
    reminded_at = case when $2 then null else reminded_at end,
    changed_words = to_tsvector('tocsin', given."changedWords")
  from jsonb_to_record($1::jsonb) as given (
    id bigint, kind text, "beforeRank" smallint, "afterRank" smallint, "entityExposureBefore" integer,
    "entityExposureAfter" integer, "documentExposureBefore" integer, "documentExposureAfter" integer,
    "standingLower" integer, "standingEqual" integer, "standingHigher" integer, "effectiveAt" date, labels jsonb,
    "beforeText" text, "afterText" text, "beforeCapture" jsonb, "afterCapture" jsonb, analysis jsonb, correction integer,
    "beforePrint" text, "afterPrint" text, "changedWords" text)
  where change.id = given.id`;

/** Under which keys the change is followed by now, and no others. $1 change, $2 kinds, $3 keys. Index: the primary key. */
const REPLACE_SUBJECTS = `
  with given as (
    select * from unnest($2::text[], $3::text[]) as given (kind, key)
  ), dropped as (
    delete from change_subject where change_id = $1 and (kind, key) not in (select kind, key from given)
  )
  insert into change_subject (change_id, kind, key) select $1, kind, key from given on conflict do nothing`;

/**
 * Says that messages made of the revision before are out of date. When it is to be told anew, it is fanned out once more: whoever
 * has an alert of it is left out, so that it reaches those who want it only now. What is still being fanned out needs that not.
 * $1 revision, $2 now, $3 whether to tell it anew, $4 change.
 */
const MARK_CORRECTED = `
  with again as (
    select coalesce(first_planned_at, planned_at) as first_planned_at from revision r
    where id = $1 and $3 and not exists (select from fan_out_range where revision_id = $1)
  )
  update revision r set corrected_at = $2,
    planned_at = case when exists (select from again) then null else planned_at end,
    first_planned_at = coalesce((select first_planned_at from again), r.first_planned_at),
    retold_ids = case when (select first_planned_at from again) is not null
      then coalesce(r.retold_ids, '{}') || $4::bigint else r.retold_ids end
  where id = $1`;

export async function findStanding(
  tx: Transaction,
  clauseType: string,
  entityId: string,
  rank: Rank,
): Promise<Standing> {
  const [row] = await tx.query<Standing>(FIND_STANDING, [clauseType, entityId, rank]);
  return row ?? { lower: 0, equal: 0, higher: 0 };
}

export async function replaceChange(tx: Transaction, draft: ChangeDraft, isDueAnew: boolean): Promise<void> {
  await tx.execute(REPLACE_CHANGE, [JSON.stringify(draft), isDueAnew]);
  const subjects = subjectsOf(draft);
  await tx.execute(REPLACE_SUBJECTS, [
    draft.id,
    subjects.map(([kind]) => kind),
    subjects.map(([, key]) => key),
  ]);
}

export async function markCorrected(
  tx: Transaction,
  { id, revisionId }: { id: string; revisionId: string },
  now: Date,
  tellsAnew: boolean,
): Promise<void> {
  await tx.execute(MARK_CORRECTED, [revisionId, now, tellsAnew, id]);
}
