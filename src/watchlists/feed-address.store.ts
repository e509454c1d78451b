import type { AccountId, WatchlistId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * Gives a watchlist's feed an address, in place of the one that it may have; it stays the same feed.
 * $1 account, $2 watchlist, $3 id of the feed if it has none yet, $4 hash of the token, $5 now.
 */
const PUT_ADDRESS = `
  insert into watchlist_feed (watchlist_id, id, hash, created_at)
  select id, $3, $4, $5 from watchlist where account_id = $1 and id = $2 for key share
  on conflict (watchlist_id) do update set hash = excluded.hash, created_at = excluded.created_at`;

/** Of a watchlist without an address a row all the same. $1 account, $2 watchlist. */
const FIND_ADDRESS = `
  select f.created_at as "createdAt" from watchlist w left join watchlist_feed f on f.watchlist_id = w.id
  where w.account_id = $1 and w.id = $2`;

/** Revokes the address, and tells whether the account has the watchlist. $1 account, $2 watchlist. */
const DELETE_ADDRESS = `
  with list as (
    select id from watchlist where account_id = $1 and id = $2
  ), gone as (
    delete from watchlist_feed f using list where f.watchlist_id = list.id
  )
  select id from list`;

/** @returns false when the account has no such watchlist */
export async function putAddress(
  sql: Sql,
  accountId: AccountId,
  id: WatchlistId,
  { feedId, hash, createdAt }: { feedId: string; hash: Buffer; createdAt: Date },
): Promise<boolean> {
  return (await sql.execute(PUT_ADDRESS, [accountId, id, feedId, hash, createdAt])) > 0;
}

/** @returns null when the account has no such watchlist */
export async function findAddress(
  sql: Sql,
  accountId: AccountId,
  id: WatchlistId,
): Promise<{ createdAt: Date | null } | null> {
  const [row] = await sql.query<{ createdAt: Date | null }>(FIND_ADDRESS, [accountId, id]);
  return row ?? null;
}

/** @returns false when the account has no such watchlist */
export async function deleteAddress(sql: Sql, accountId: AccountId, id: WatchlistId): Promise<boolean> {
  return (await sql.query(DELETE_ADDRESS, [accountId, id])).length > 0;
}
