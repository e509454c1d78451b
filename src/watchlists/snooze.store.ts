import type { WatchlistId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';

/** Snoozes, or sets anew until when: a snooze that goes on began when it began. $1 watchlist, $2 until, $3 now. */
const SNOOZE = `
  update watchlist
  set snoozed_from = case when snoozed_until > $3 then snoozed_from else $3 end, snoozed_until = $2
  where id = $1`;

/** Ends a snooze now; what it was stays in the ledger. $1 watchlist, $2 now. */
const WAKE = `
  update watchlist set snoozed_until = greatest(snoozed_from, $2) where id = $1 and snoozed_until > $2`;

/** @param until null wakes. The watchlist must be one that the transaction found to be the account's. */
export async function snooze(tx: Transaction, id: WatchlistId, until: Date | null, now: Date): Promise<void> {
  if (until === null) await tx.execute(WAKE, [id, now]);
  else await tx.execute(SNOOZE, [id, until, now]);
}
