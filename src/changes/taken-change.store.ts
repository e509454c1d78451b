import type { Capture, Side } from '../domain/provision-event.js';
import { severityOf, type Rank } from '../domain/severity.js';
import type { ChangeKind } from '../domain/delta.js';
import type { Transaction } from '../platform/database.js';

/** The entities of events that were taken before. $1 sources, $2 event ids. Index: the unique pair. */
const FIND_ENTITIES = `
  select distinct c.entity_id as id from unnest($1::text[], $2::text[]) as given (source, event_id)
  join change c on c.source = given.source and c.event_id = given.event_id`;

/** Locks entities in one order, as every batch does first: nobody moves their provisions meanwhile. $1 ids. */
const LOCK_TAKEN_ENTITIES = `select from entity where id = any ($1) order by id for update`;

/** A change that was taken before, which nobody else may alter until the transaction ends. $1 source, $2 event id. */
const FIND_CHANGE = `
  select id, time, provision_id as "provisionId", document_id as "documentId", entity_id as "entityId",
    revision_id as "revisionId", kind, before_rank as "beforeRank", after_rank as "afterRank",
    before_text as "beforeText", before_capture as "beforeCapture", after_text as "afterText", late, gap, silent, verdict, undone_by as "undoneBy",
    retracted_at as "retractedAt", correction, effective_at as "effectiveAt", received_at as "receivedAt",
    entity_exposure_before as "entityExposureBefore", entity_exposure_after as "entityExposureAfter",
    document_exposure_before as "documentExposureBefore", document_exposure_after as "documentExposureAfter"
  from change where source = $1 and event_id = $2 for no key update`;

/** Something became of a change, which may have been told. $1 kind, $2 revision, $3 change, $4 reason, $5 at, $6 now. */
const ADD_ECHO = `
  insert into echo (kind, revision_id, change_ids, reason, at, made_at) values ($1, $2, array[$3::bigint], $4, $5, $6)`;

export type KeptChange = {
  id: string;
  time: Date;
  provisionId: string;
  documentId: string;
  entityId: string;
  revisionId: string;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  beforeText: string | null;
  beforeCapture: Capture | null;
  afterText: string | null;
  late: boolean;
  gap: boolean;
  silent: boolean;
  verdict: string;
  undoneBy: string | null;
  retractedAt: Date | null;
  correction: number;
  effectiveAt: string | null;
  receivedAt: Date;
  entityExposureBefore: number;
  entityExposureAfter: number;
  documentExposureBefore: number;
  documentExposureAfter: number;
};

export type EventKey = { source: string; id: string };

/** Locks the entities that the given ones and events that were taken before belong to, as far as there are any. */
export async function lockEntitiesOf(
  tx: Transaction,
  entityIds: readonly string[],
  taken: readonly EventKey[],
): Promise<void> {
  const rows = await tx.query<{ id: string }>(FIND_ENTITIES, [
    taken.map(({ source }) => source),
    taken.map(({ id }) => id),
  ]);
  await tx.query(LOCK_TAKEN_ENTITIES, [[...new Set([...entityIds, ...rows.map(({ id }) => id)])].toSorted()]);
}

export async function findChange(tx: Transaction, { source, id }: EventKey): Promise<KeptChange | null> {
  const [row] = await tx.query<KeptChange>(FIND_CHANGE, [source, id]);
  return row ?? null;
}

/** Whether somebody may have been told of a change. */
export function isTellable({
  late,
  silent,
  verdict,
}: Pick<KeptChange, 'late' | 'silent' | 'verdict'>): boolean {
  return !late && !silent && (verdict === 'news' || verdict === 'flapping');
}

export async function addEcho(
  tx: Transaction,
  change: Pick<KeptChange, 'id' | 'revisionId'>,
  echo: { kind: 'retracted' | 'corrected'; reason: string | null; at: string; now: Date },
): Promise<void> {
  await tx.execute(ADD_ECHO, [echo.kind, change.revisionId, change.id, echo.reason, echo.at, echo.now]);
}

/** The side that a change led to. */
export function sideAfter({
  afterRank,
  afterText,
}: Pick<KeptChange, 'afterRank' | 'afterText'>): Side | null {
  const severity = severityOf(afterRank);
  return severity === null || afterText === null ? null : { severity, text: afterText };
}

/** The side that a change left. */
export function sideBefore(
  change: Pick<KeptChange, 'beforeRank' | 'beforeText' | 'beforeCapture'>,
): Side | null {
  const severity = severityOf(change.beforeRank);
  if (severity === null || change.beforeText === null) return null;
  return {
    severity,
    text: change.beforeText,
    ...(change.beforeCapture && { capture: change.beforeCapture }),
  };
}
