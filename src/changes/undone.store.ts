import type { Transaction } from '../platform/database.js';
import type { ChangeDraft } from './change-draft.js';

/**
 * Marks changes as undone and their revisions as touched, and leaves an echo for each revision of which something may have been
 * told: not of what was taken in silently, came late, or was not told while it flapped. Nobody hears what undoes silently.
 * $1 ids of what is undone, $2 by which, $3 now. Indexes: primary keys.
 */
const UNDO = `
  with undone as (
    update change set undone_by = undo.by_id from unnest($1::bigint[], $2::bigint[]) as undo (id, by_id)
    where change.id = undo.id
    returning change.id, change.revision_id, undo.by_id,
      not late and not silent and verdict in ('news', 'flapping') and retracted_at is null as tellable
  ), marked as (
    update revision set undone_at = $3 where id in (select revision_id from undone)
  )
  insert into echo (kind, revision_id, change_ids, by_change_ids, at, made_at)
  select 'reverted', u.revision_id, array_agg(distinct u.id), array_agg(distinct u.by_id), max(by_change.time), $3
  from undone u join change by_change on by_change.id = u.by_id and not by_change.silent
  where u.tellable group by u.revision_id`;

/** Notes which provisions flap, and when they will be stable unless they move again. $1 provisions, $2 times. */
const NOTE_FLAPPING = `
  insert into flapping (provision_id, stable_at)
  select id, max(stable_at) from unnest($1::text[], $2::timestamptz[]) as moved (id, stable_at) group by id order by id
  on conflict (provision_id) do update set stable_at = excluded.stable_at`;

/** What the new changes undo, and which provisions flap by them. Call when they are kept. */
export async function keepVerdicts(tx: Transaction, drafts: readonly ChangeDraft[]): Promise<void> {
  const undone = drafts.flatMap(({ id: by, undoes }) => undoes.map((id) => ({ id, by })));
  if (undone.length > 0) {
    const ids = [undone.map(({ id }) => id), undone.map(({ by }) => by)];
    await tx.execute(UNDO, [...ids, drafts[0]?.receivedAt]);
  }
  const flapping = drafts.filter(({ stableAt }) => stableAt !== null);
  if (flapping.length > 0) {
    const provisions = flapping.map(({ provisionId }) => provisionId);
    await tx.execute(NOTE_FLAPPING, [provisions, flapping.map(({ stableAt }) => stableAt)]);
  }
}
