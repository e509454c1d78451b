import type { Transaction } from '../platform/database.js';
import type { Side } from '../domain/provision-event.js';
import { severityOf, type Rank } from '../domain/severity.js';
import { pastOfJson, type Past } from '../domain/standing-changes.js';

/** Provisions that flapped and should be stable by now. $1 now, $2 limit. Index: flapping_stable. */
const FIND_STABLE = `
  select f.provision_id as "provisionId", p.entity_id as "entityId" from flapping f join provision p on p.id = f.provision_id
  where f.stable_at <= $1 order by f.stable_at limit $2`;

/** Takes one of them, unless it moved or somebody else took it meanwhile. $1 provision, $2 now. Index: the primary key. */
const TAKE_STABLE = `delete from flapping where provision_id = $1 and stable_at <= $2 returning provision_id`;

/** What a provision is now, which nobody moves until the transaction ends. $1 provision. Index: the primary key. */
const FIND_STATE = `select rank, text, past from provision where id = $1 for no key update`;

/**
 * The last change that moved a provision, and where it belongs. $1 provision. Indexes: change_provision,
 * the primary keys.
 */
const FIND_LAST_MOVE = `
  select c.id, c.verdict, r.source, r.document_id as "documentId", r.entity_id as "entityId", r.external_id as "externalId"
  from change c join revision r on r.id = c.revision_id
  where c.provision_id = $1 and not c.late and c.retracted_at is null and c.kind <> 'cosmetic'
  order by c.time desc, c.id desc limit 1`;

/** Makes news of a quiet change, in another part of its revision. $1 change, $2 part. */
const TELL = `update change set verdict = 'news', revision_id = $2 where id = $1`;

/** Settles a part that was made for it. $1 part, $2 now. */
const SETTLE_PART = `update revision set settled_at = $2 where id = $1 and settled_at is null and settle_at is null`;

export type LastMove = {
  id: string;
  verdict: string;
  source: string;
  documentId: string;
  entityId: string;
  externalId: string | null;
};

export async function findStable(
  tx: Transaction,
  now: Date,
  limit: number,
): Promise<{ provisionId: string; entityId: string }[]> {
  return tx.query(FIND_STABLE, [now, limit]);
}

/** @returns whether it is still to be done */
export async function takeStable(tx: Transaction, provisionId: string, now: Date): Promise<boolean> {
  return (await tx.query(TAKE_STABLE, [provisionId, now])).length > 0;
}

export async function findState(
  tx: Transaction,
  provisionId: string,
): Promise<{ side: Side | null; past: Past } | null> {
  const [row] = await tx.query<{ rank: Rank; text: string | null; past: unknown }>(FIND_STATE, [provisionId]);
  if (!row) return null;
  const severity = severityOf(row.rank);
  const side = severity === null || row.text === null ? null : { severity, text: row.text };
  return { side, past: pastOfJson(row.past) };
}

export async function findLastMove(tx: Transaction, provisionId: string): Promise<LastMove | null> {
  const [row] = await tx.query<LastMove>(FIND_LAST_MOVE, [provisionId]);
  return row ?? null;
}

export async function tell(tx: Transaction, changeId: string, partId: string, now: Date): Promise<void> {
  await tx.execute(TELL, [changeId, partId]);
  await tx.execute(SETTLE_PART, [partId, now]);
}
