import type { FollowKind } from '../domain/follow.js';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { FollowTarget } from './follow.js';

/** Everything that an account follows: at most a few thousand rows. Index: follow_account. $1 account. */
const ALL_FOLLOWS = `
  select watchlist_id as id, kind, key from follow where account_id = $1 order by watchlist_id, kind, key`;

/** Which of the ids are destinations of the account. Index: destination_account. $1 account, $2 ids. */
const OWN_DESTINATIONS = `select id from destination where account_id = $1 and id = any($2::bigint[]) for key share`;

/** By watchlist, by kind and key. */
export async function findAllFollows(
  sql: Sql,
  accountId: AccountId,
): Promise<ReadonlyMap<WatchlistId, FollowTarget[]>> {
  const rows = await sql.query<{ id: WatchlistId; kind: FollowKind; key: string }>(ALL_FOLLOWS, [accountId]);
  const byWatchlist = new Map<WatchlistId, FollowTarget[]>();
  for (const { id, ...target } of rows) {
    const follows = byWatchlist.get(id) ?? [];
    follows.push(target);
    byWatchlist.set(id, follows);
  }
  return byWatchlist;
}

export async function findOwnDestinations(
  tx: Transaction,
  accountId: AccountId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(OWN_DESTINATIONS, [accountId, ids]);
  return new Set(rows.map(({ id }) => id));
}
