import type { FollowKind } from '../domain/follow.js';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { FollowTarget } from './follow.js';

/** Which of the targets the account follows, in any watchlist. Index: follow_match. $1 account, $2 kinds, $3 keys. */
const FIND_FOLLOWED = `
  select kind, key from unnest($2::text[], $3::text[]) as target (kind, key)
  where exists (select from follow f where f.kind = target.kind and f.key = target.key and f.account_id = $1)`;

/**
 * Where a click on Follow goes: the watchlist last followed into, else the oldest. An account has a few thousand follows at
 * most. Indexes: follow_account, watchlist_account. $1 account.
 */
const FIND_DEFAULT_WATCHLIST = `
  select w.id, w.name from watchlist w
  left join (select watchlist_id, max(since) as since from follow where account_id = $1 group by watchlist_id) f
    on f.watchlist_id = w.id
  where w.account_id = $1
  order by f.since desc nulls last, w.id limit 1`;

/** $1 account, $2 watchlist. */
const FIND_NAME = `select id, name from watchlist where account_id = $1 and id = $2`;

/**
 * Unfollows wherever it is followed, and says so to deliveries on their way (see watchlist.changed_at). Index: follow_match.
 * $1 account, $2 kind, $3 key, $4 now.
 */
const UNFOLLOW_EVERYWHERE = `
  with list as materialized (
    select w.id from watchlist w
    where w.account_id = $1 and w.id in (
      select watchlist_id from follow where kind = $2 and key = $3 and account_id = $1)
    order by w.id for no key update
  ), gone as (
    delete from follow f using list where f.watchlist_id = list.id and f.kind = $2 and f.key = $3
    returning f.watchlist_id)
  update watchlist w set changed_at = $4 from gone where w.id = gone.watchlist_id`;

/** A watchlist by its name. */
export type NamedWatchlist = { id: WatchlistId; name: string };

/** @returns those of the targets that are followed */
export async function findFollowed(
  sql: Sql,
  accountId: AccountId,
  targets: readonly FollowTarget[],
): Promise<FollowTarget[]> {
  const kinds = targets.map(({ kind }) => kind);
  const keys = targets.map(({ key }) => key);
  return sql.query<{ kind: FollowKind; key: string }>(FIND_FOLLOWED, [accountId, kinds, keys]);
}

/** @returns null when the account has no watchlist */
export async function findDefaultWatchlist(tx: Transaction, accountId: AccountId) {
  const [row] = await tx.query<NamedWatchlist>(FIND_DEFAULT_WATCHLIST, [accountId]);
  return row ?? null;
}

/** @returns null when the account has no such watchlist */
export async function findNamed(tx: Transaction, accountId: AccountId, id: WatchlistId) {
  const [row] = await tx.query<NamedWatchlist>(FIND_NAME, [accountId, id]);
  return row ?? null;
}

export async function deleteFollowEverywhere(
  tx: Transaction,
  accountId: AccountId,
  { kind, key }: FollowTarget,
  now: Date,
): Promise<void> {
  await tx.execute(UNFOLLOW_EVERYWHERE, [accountId, kind, key, now]);
}
