import type { Capture, Side } from '../domain/provision-event.js';
import type { ProvisionState } from '../domain/provision-state.js';
import { severityOf, type Rank } from '../domain/severity.js';
import { pastOfJson } from '../domain/standing-changes.js';
import { deltaOfRanks, type SeverityDelta } from '../domain/delta.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { RatingCount } from './archive-snapshot.js';
import { subjectsOf, type ChangeDraft } from './change-draft.js';
import { keepVerdicts } from './undone.store.js';

/** Makes the entities exist, so that they can be locked. $1 ids, $2 names, $3 time. */
const ENSURE_ENTITIES = `
  insert into entity (id, name, updated_at)
  select id, name, $3 from unnest($1::text[], $2::text[]) as given (id, name)
  on conflict (id) do nothing`;

/** Locks the entities in one order: batches that share one wait for each other and can't deadlock. $1 ids. */
const LOCK_ENTITIES = `select id, exposure from entity where id = any($1) order by id for update`;

/** Which of the events were taken before. $1 sources, $2 ids. Index: the unique pair. */
const FIND_TAKEN = `
  select c.id, c.source, c.event_id, c.kind, c.before_rank, c.after_rank
  from unnest($1::text[], $2::text[]) as given (source, event_id)
  join change c on c.source = given.source and c.event_id = given.event_id`;

/** Makes the provisions exist, out of time, so that they can be locked. $1 rows. */
const ENSURE_PROVISIONS = `
  insert into provision (id, document_id, entity_id, title, clause_type, categories, rank, state_at)
  select id, "documentId", "entityId", '', '', '{}', 0, '-infinity'
  from jsonb_to_recordset($1::jsonb) as given (id text, "documentId" text, "entityId" text)
  on conflict (id) do nothing`;

/**
 * The last known state of provisions, which nobody else may move until the transaction ends: not under another entity
 * either, whose lock is another one. $1 ids.
 */
const LOCK_STATES = `
  select id, document_id, entity_id, clause_type, rank, text, capture, state_at, past from provision
  where id = any($1) and state_at > '-infinity' order by id for no key update`;

/** Exposure of documents, as kept. $1 ids. */
const FIND_DOCUMENT_EXPOSURE = `select id, exposure from document where id = any($1)`;

/** How entities rate clauses of some types. $1 clause types. Index: provision_clause_type. */
const COUNT_RATINGS = `
  select clause_type as "clauseType", entity_id as "entityId", rank, count(*)::integer as count
  from provision where clause_type = any($1) and rank > 0
  group by clause_type, entity_id, rank`;

/** The side in force at a time, out of history. $1 provision, $2 time. Index: change_provision. */
const FIND_SIDE_AS_OF = `
  select after_rank as rank, after_text as text, after_capture as capture, time
  from change where provision_id = $1 and time <= $2
  order by time desc, id desc limit 1`;

/** Ids for changes that are about to be kept. $1 how many. */
const DRAW_IDS = `select nextval('change_id_seq') as id from generate_series(1, $1::integer)`;

/** Keeps the changes in the order given. $1 drafts. Segments of changed words stay apart, so no phrase spans two. */
const INSERT_CHANGES = `
  insert into change (id, source, event_id, time, received_at, entity_id, document_id, provision_id, revision_id,
    kind, before_rank, after_rank,
    entity_exposure_before, entity_exposure_after, document_exposure_before, document_exposure_after,
    standing_lower, standing_equal, standing_higher, late, gap, silent, effective_at, labels,
    before_text, after_text, before_capture, after_capture, analysis, before_print, after_print, verdict,
    flapping, correction, changed_words)
  overriding system value
  select id, source, "eventId", time, "receivedAt", "entityId", "documentId", "provisionId", "revisionId",
    kind, "beforeRank", "afterRank",
    "entityExposureBefore", "entityExposureAfter", "documentExposureBefore", "documentExposureAfter",
    "standingLower", "standingEqual", "standingHigher", late, gap, silent, "effectiveAt", labels,
    "beforeText", "afterText", "beforeCapture", "afterCapture", analysis, "beforePrint", "afterPrint", verdict,
    flapping, correction, to_tsvector('tocsin', "changedWords")
  from rows from (jsonb_to_recordset($1::jsonb) as (
    id bigint, source text, "eventId" text, time timestamptz, "receivedAt" timestamptz, "entityId" text, "documentId" text,
    "provisionId" text, "revisionId" bigint, kind text,
    "beforeRank" smallint, "afterRank" smallint, "entityExposureBefore" integer, "entityExposureAfter" integer,
    "documentExposureBefore" integer, "documentExposureAfter" integer, "standingLower" integer,
    "standingEqual" integer, "standingHigher" integer, late boolean, gap boolean, silent boolean, "effectiveAt" date,
    labels jsonb, "beforeText" text, "afterText" text, "beforeCapture" jsonb, "afterCapture" jsonb, analysis jsonb,
    "beforePrint" text, "afterPrint" text, verdict text, flapping jsonb, correction integer, "changedWords" text)) with ordinality
  order by ordinality`;

/** Under which keys each change is followed. $1 change ids, $2 kinds, $3 keys. */
const INSERT_SUBJECTS = `
  insert into change_subject (change_id, kind, key)
  select * from unnest($1::bigint[], $2::text[], $3::text[])
  on conflict do nothing`;

export type TakenChange = { id: string; source: string; eventId: string; delta: SeverityDelta };

export async function lockEntities(tx: Transaction, names: ReadonlyMap<string, string>, now: Date) {
  const ids = [...names.keys()].toSorted();
  await tx.execute(ENSURE_ENTITIES, [ids, ids.map((id) => names.get(id)), now]);
  const rows = await tx.query<{ id: string; exposure: number }>(LOCK_ENTITIES, [ids]);
  return new Map(rows.map((row) => [row.id, row.exposure]));
}

export async function findTaken(
  tx: Transaction,
  events: readonly { source: string; id: string }[],
): Promise<TakenChange[]> {
  const rows = await tx.query<{
    id: string;
    source: string;
    event_id: string;
    kind: SeverityDelta['kind'];
    before_rank: Rank;
    after_rank: Rank;
  }>(FIND_TAKEN, [events.map((event) => event.source), events.map((event) => event.id)]);
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    eventId: row.event_id,
    delta: deltaOfRanks(row.kind, row.before_rank, row.after_rank),
  }));
}

type SideRow = { rank: Rank; text: string | null; capture: Capture | null };

export async function lockStates(
  tx: Transaction,
  provisions: readonly { id: string; documentId: string; entityId: string }[],
) {
  await tx.execute(ENSURE_PROVISIONS, [
    JSON.stringify(provisions.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))),
  ]);
  const rows = await tx.query<
    SideRow & {
      id: string;
      document_id: string;
      entity_id: string;
      clause_type: string;
      state_at: Date;
      past: unknown;
    }
  >(LOCK_STATES, [provisions.map(({ id }) => id)]);
  return new Map<string, ProvisionState & { clauseType: string }>(
    rows.map((row) => [
      row.id,
      {
        side: sideOfRow(row),
        at: row.state_at,
        documentId: row.document_id,
        entityId: row.entity_id,
        clauseType: row.clause_type,
        past: pastOfJson(row.past),
      },
    ]),
  );
}

/** @returns null when history does not reach back so far */
export async function findSideAsOf(
  tx: Transaction,
  provisionId: string,
  time: Date,
): Promise<{ side: Side | null; at: Date } | null> {
  const [row] = await tx.query<SideRow & { time: Date }>(FIND_SIDE_AS_OF, [provisionId, time]);
  return row ? { side: sideOfRow(row), at: row.time } : null;
}

function sideOfRow(row: SideRow): Side | null {
  const severity = severityOf(row.rank);
  if (severity === null || row.text === null) return null;
  return { severity, text: row.text, ...(row.capture && { capture: row.capture }) };
}

export async function findDocumentExposure(sql: Sql, documentIds: readonly string[]) {
  const rows = await sql.query<{ id: string; exposure: number }>(FIND_DOCUMENT_EXPOSURE, [documentIds]);
  return new Map(rows.map((row) => [row.id, row.exposure]));
}

export async function countRatings(sql: Sql, clauseTypes: readonly string[]): Promise<RatingCount[]> {
  return sql.query<RatingCount>(COUNT_RATINGS, [clauseTypes]);
}

export async function drawIds(tx: Transaction, count: number): Promise<string[]> {
  return (await tx.query<{ id: string }>(DRAW_IDS, [count])).map(({ id }) => id);
}

export async function insertChanges(tx: Transaction, drafts: readonly ChangeDraft[]): Promise<void> {
  await tx.execute(INSERT_CHANGES, [JSON.stringify(drafts)]);
  const subjects = drafts.flatMap((draft) =>
    subjectsOf(draft).map(([kind, key]) => ({ id: draft.id, kind, key })),
  );
  await tx.execute(INSERT_SUBJECTS, [
    subjects.map((subject) => subject.id),
    subjects.map((subject) => subject.kind),
    subjects.map((subject) => subject.key),
  ]);
  await keepVerdicts(tx, drafts);
}

/** Source and id of an event as one key. */
export function eventKey(source: string, id: string): string {
  return JSON.stringify([source, id]);
}
