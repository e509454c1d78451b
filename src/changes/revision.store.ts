import type { Transaction } from '../platform/database.js';

/** Which revision an event belongs to; `externalId` is null when it has none, and stands alone. */
export type RevisionKey = { source: string; documentId: string; entityId: string; externalId: string | null };

/**
 * The newest part of a revision, and how many of its events are in over all parts. Locked: it must not settle before the
 * events that it is about to take are in. $1 source, $2 document, $3 id.
 */
const FIND_NEWEST_PART = `
  select id, part, size, settled_at as "settledAt",
    (select sum(received)::integer from revision where source = $1 and document_id = $2 and external_id = $3) as received
  from revision
  where source = $1 and document_id = $2 and external_id = $3
  order by part desc limit 1 for no key update`;

/** $1 source, $2 document, $3 entity, $4 external id, $5 part. */
const INSERT_PART = `
  insert into revision (source, document_id, entity_id, external_id, part)
  values ($1, $2, $3, $4, $5) returning id`;

/** Counts events in and says when the part settles. $1 id, $2 events, $3 size, $4 settled at, $5 settle at. */
const COUNT_IN = `
  update revision
  set received = received + $2, size = $3, settled_at = $4, settle_at = $5
  where id = $1`;

/** Settles what has been quiet long enough, and says which. $1 now. Index: revision_to_settle. */
const SETTLE_QUIET = `
  with quiet as (
    select id from revision where settled_at is null and settle_at <= $1
    order by settle_at limit 1000 for update skip locked)
  update revision set settled_at = $1, settle_at = null from quiet where revision.id = quiet.id
  returning revision.id`;

export type OpenRevision = { id: string; received: number; size: number | null };

/**
 * The part of the revision that takes new events. A part that has settled takes no more: a straggler opens the next one,
 * whose alert is a follow-up.
 */
export async function openPart(tx: Transaction, key: RevisionKey): Promise<OpenRevision> {
  const [newest] =
    key.externalId === null
      ? []
      : await tx.query<OpenRevision & { part: number; settledAt: Date | null }>(FIND_NEWEST_PART, [
          key.source,
          key.documentId,
          key.externalId,
        ]);
  if (newest && newest.settledAt === null) return newest;
  const [made] = await tx.query<{ id: string }>(INSERT_PART, [
    key.source,
    key.documentId,
    key.entityId,
    key.externalId,
    newest ? newest.part + 1 : 0,
  ]);
  if (!made) throw new Error('inserting a revision gave no id back');
  return { id: made.id, received: newest?.received ?? 0, size: newest?.size ?? null };
}

export async function countIn(
  tx: Transaction,
  id: string,
  counted: { events: number; size: number | null; settledAt: Date | null; settleAt: Date | null },
): Promise<void> {
  await tx.execute(COUNT_IN, [id, counted.events, counted.size, counted.settledAt, counted.settleAt]);
}

/** @returns the revisions that settled */
export async function settleQuiet(tx: Transaction, now: Date): Promise<string[]> {
  const settled = await tx.query<{ id: string }>(SETTLE_QUIET, [now]);
  return settled.map(({ id }) => id);
}
