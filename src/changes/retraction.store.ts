import type { Transaction } from '../platform/database.js';

/** $1 source, $2 event, $3 change, $4 now. */
const KEEP_RETRACTION = `
  insert into retraction (source, event_id, change_id, at) values ($1, $2, $3, $4) on conflict do nothing returning 1`;

/**
 * Marks a change as retracted and its revision as touched. $1 change, $2 revision, $3 when the archive took it back, $4 why,
 * $5 now.
 */
const MARK_RETRACTED = `
  with marked as (
    update change set retracted_at = $3, retraction_reason = $4 where id = $1
  )
  update revision set undone_at = $5 where id = $2`;

/** @returns false when the event was taken before */
export async function keepRetraction(
  tx: Transaction,
  event: { source: string; id: string; changeId: string; now: Date },
): Promise<boolean> {
  const { source, id, changeId, now } = event;
  return (await tx.query(KEEP_RETRACTION, [source, id, changeId, now])).length > 0;
}

export async function markRetracted(
  tx: Transaction,
  change: { id: string; revisionId: string },
  { at, reason, now }: { at: string; reason: string | null; now: Date },
): Promise<void> {
  await tx.execute(MARK_RETRACTED, [change.id, change.revisionId, at, reason, now]);
}
