import type { AccountId, WatchlistId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';
import type { FollowTarget } from './follow.js';

/**
 * Follows many at once, and says so to deliveries on their way (see watchlist.changed_at); what is followed already stays.
 * $1 watchlist, $2 kinds, $3 keys, $4 account, $5 now.
 */
const INSERT_FOLLOWS = `
  with made as (
    insert into follow (watchlist_id, kind, key, account_id, since)
    select $1, target.kind, target.key, $4, $5 from unnest($2::text[], $3::text[]) as target (kind, key)
    on conflict do nothing returning watchlist_id
  ), told as (
    update watchlist w set changed_at = $5 where w.id = $1 and exists (select from made))
  select count(*)::integer as made from made`;

/**
 * Unfollows many at once, and says so to deliveries on their way. Locks the watchlist first, as all do that change what it
 * wants. $1 account, $2 watchlist, $3 kinds, $4 keys, $5 now.
 */
const DELETE_FOLLOWS = `
  with list as materialized (
    select id from watchlist where account_id = $1 and id = $2 for no key update
  ), gone as (
    delete from follow f using list, unnest($3::text[], $4::text[]) as target (kind, key)
    where f.watchlist_id = list.id and f.kind = target.kind and f.key = target.key
    returning f.watchlist_id)
  update watchlist w set changed_at = $5 where w.id = $2 and exists (select from gone)`;

/** @returns how many were not followed before */
export async function insertFollows(
  tx: Transaction,
  accountId: AccountId,
  id: WatchlistId,
  targets: readonly FollowTarget[],
  now: Date,
): Promise<number> {
  if (targets.length === 0) return 0;
  const [row] = await tx.query<{ made: number }>(INSERT_FOLLOWS, [id, ...columnsOf(targets), accountId, now]);
  return row?.made ?? 0;
}

export async function deleteFollows(
  tx: Transaction,
  accountId: AccountId,
  id: WatchlistId,
  targets: readonly FollowTarget[],
  now: Date,
): Promise<void> {
  await tx.execute(DELETE_FOLLOWS, [accountId, id, ...columnsOf(targets), now]);
}

function columnsOf(targets: readonly FollowTarget[]): [kinds: string[], keys: string[]] {
  return [targets.map(({ kind }) => kind), targets.map(({ key }) => key)];
}
