import type { AccountId, DestinationId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { DestinationStatus } from './destination.js';

/** $1 destination. */
const LOCK_TO_CONFIRM = `select id, kind, status, settings from destination where id = $1 for update`;

/** $1 destination. */
const ACTIVATE_PENDING = `
  update destination set status = 'active', reason = null where id = $1 and status = 'pending'`;

/**
 * Takes a destination off watchlists of its account, and says so to deliveries on their way (see watchlist.changed_at).
 * Locks the watchlists first, as all do that change what they want. $1 account, $2 destination, $3 watchlists, $4 now.
 */
const UNLINK_WATCHLISTS = `
  with list as materialized (
    select id from watchlist where account_id = $1 and id = any ($3::bigint[]) order by id for no key update
  ), gone as (
    delete from watchlist_destination d using list where d.watchlist_id = list.id and d.destination_id = $2
    returning d.watchlist_id)
  update watchlist w set changed_at = $4 from gone where w.id = gone.watchlist_id`;

/** $1 account, $2 destination, $3 reason. */
const PAUSE_ACTIVE = `
  update destination set status = 'paused', reason = $3
  where account_id = $1 and id = $2 and status = 'active'`;

export type DestinationToConfirm = {
  id: DestinationId;
  kind: string;
  status: DestinationStatus;
  settings: Record<string, unknown>;
};

export async function lockToConfirm(
  tx: Transaction,
  id: DestinationId,
): Promise<DestinationToConfirm | null> {
  const [row] = await tx.query<DestinationToConfirm>(LOCK_TO_CONFIRM, [id]);
  return row ?? null;
}

export async function activatePending(tx: Transaction, id: DestinationId): Promise<void> {
  await tx.execute(ACTIVATE_PENDING, [id]);
}

/** @returns from how many watchlists it was taken */
export async function unlinkWatchlists(
  sql: Sql,
  accountId: AccountId,
  id: DestinationId,
  watchlistIds: readonly string[],
  now: Date,
): Promise<number> {
  return sql.execute(UNLINK_WATCHLISTS, [accountId, id, watchlistIds, now]);
}

/** @returns whether it was active until now */
export async function pauseActive(
  sql: Sql,
  accountId: AccountId,
  id: DestinationId,
  reason: string,
): Promise<boolean> {
  return (await sql.execute(PAUSE_ACTIVE, [accountId, id, reason])) > 0;
}
