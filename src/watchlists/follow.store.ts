import type { FollowKind } from '../domain/follow.js';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { Follow, FollowTarget } from './follow.js';

/** Whether the account has the watchlist, which then stays until the transaction ends. $1 account, $2 watchlist. */
const HOLD_WATCHLIST = `select id from watchlist where account_id = $1 and id = $2 for key share`;

/**
 * Follows, and says so to deliveries on their way (see watchlist.changed_at). Nothing when it is followed already.
 * $1 watchlist, $2 kind, $3 key, $4 account, $5 now.
 */
const INSERT_FOLLOW = `
  with made as (
    insert into follow (watchlist_id, kind, key, account_id, since) values ($1, $2, $3, $4, $5)
    on conflict do nothing returning watchlist_id)
  update watchlist w set changed_at = $5 from made where w.id = made.watchlist_id`;

/** Index: follow_account. $1 account. */
const COUNT_FOLLOWS = `select count(*)::integer as count from follow where account_id = $1`;

/**
 * Unfollows, and says so to deliveries on their way. Locks the watchlist first, as all do that change what it wants, so
 * that nobody deadlocks. $1 account, $2 watchlist, $3 kind, $4 key, $5 now.
 */
const DELETE_FOLLOW = `
  with list as materialized (
    select id from watchlist where account_id = $1 and id = $2 for no key update
  ), gone as (
    delete from follow f using list where f.watchlist_id = list.id and f.kind = $3 and f.key = $4
    returning f.watchlist_id)
  update watchlist w set changed_at = $5 from gone where w.id = gone.watchlist_id`;

/** A page of follows by kind and key. Index: the primary key. $1 account, $2 watchlist, $3 and $4 after, $5 limit. */
const LIST_FOLLOWS = `
  select kind, key, since from follow
  where account_id = $1 and watchlist_id = $2 and (kind, key) > ($3::text, $4::text)
  order by kind, key limit $5`;

/** @returns false when the account has no such watchlist */
export async function holdWatchlist(
  tx: Transaction,
  accountId: AccountId,
  id: WatchlistId,
): Promise<boolean> {
  return (await tx.query(HOLD_WATCHLIST, [accountId, id])).length > 0;
}

/** @returns false when the watchlist follows it already */
export async function insertFollow(
  tx: Transaction,
  accountId: AccountId,
  id: WatchlistId,
  { kind, key }: FollowTarget,
  now: Date,
): Promise<boolean> {
  return (await tx.execute(INSERT_FOLLOW, [id, kind, key, accountId, now])) > 0;
}

/** How many follows the account has, over all its watchlists. */
export async function countFollows(tx: Sql, accountId: AccountId): Promise<number> {
  const [row] = await tx.query<{ count: number }>(COUNT_FOLLOWS, [accountId]);
  return row?.count ?? 0;
}

export async function deleteFollow(
  sql: Sql,
  accountId: AccountId,
  id: WatchlistId,
  { kind, key }: FollowTarget,
  now: Date,
): Promise<void> {
  await sql.execute(DELETE_FOLLOW, [accountId, id, kind, key, now]);
}

/** @returns up to `limit` follows after the given one, by kind and key */
export async function listFollows(
  sql: Sql,
  accountId: AccountId,
  id: WatchlistId,
  after: { kind: string; key: string },
  limit: number,
): Promise<Follow[]> {
  const rows = await sql.query<{ kind: FollowKind; key: string; since: Date }>(LIST_FOLLOWS, [
    accountId,
    id,
    after.kind,
    after.key,
    limit,
  ]);
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}
