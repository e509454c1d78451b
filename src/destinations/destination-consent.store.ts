import type { AccountId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

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

/**
 * Pauses a destination and those of its account with the same mailbox: whoever reads there wants none of it. What its owner
 * paused is marked too, so that it does not go on again without asking. Locked in the order of ids.
 * Index: destination_account. $1 account, $2 destination, $3 reason, $4 now.
 */
const PAUSE_MAILBOX = `
  with meant as materialized (
    select t.id from destination given join destination t on t.account_id = given.account_id and (t.id = given.id
      or coalesce(t.mailbox, lower(t.settings ->> 'address')) = coalesce(given.mailbox, lower(given.settings ->> 'address')))
    where given.account_id = $1 and given.id = $2
      and (t.status = 'active' or t.status = 'paused' and t.reason is distinct from $3)
    order by t.id for no key update of t
  )
  update destination t set status = 'paused', reason = $3, unsubscribed_at = $4 from meant where t.id = meant.id`;

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

export async function pauseMailbox(
  sql: Sql,
  accountId: AccountId,
  id: DestinationId,
  reason: string,
  now: Date,
): Promise<void> {
  await sql.execute(PAUSE_MAILBOX, [accountId, id, reason, now]);
}
