import type { AccountId, AlertId, WatchlistId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/** How much each watchlist follows. Index: follow's primary key. $1 account, $2 watchlists. */
const COUNT_FOLLOWS_OF = `
  select watchlist_id as id, count(*)::integer as follows from follow
  where account_id = $1 and watchlist_id = any($2::bigint[]) group by watchlist_id`;

/**
 * The last alert that each watchlist took part in, among the newest of the account's: what is older was long ago. Index:
 * alert_account. $1 account, $2 watchlists, $3 how many alerts are looked through.
 */
const FIND_LAST_ALERTS = `
  select distinct on (matched.id) matched.id, a.id as "alertId", a.created_at as "createdAt"
  from (select id, created_at, watchlist_ids from alert where account_id = $1 order by id desc limit $3) a
  cross join unnest(a.watchlist_ids) as matched (id)
  where matched.id = any($2::bigint[])
  order by matched.id, a.id desc`;

const alertsLookedThrough = 500;

export async function countFollowsOf(
  sql: Sql,
  accountId: AccountId,
  ids: readonly WatchlistId[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ id: string; follows: number }>(COUNT_FOLLOWS_OF, [accountId, ids]);
  return new Map(rows.map(({ id, follows }) => [id, follows]));
}

/** The last alert of each of the watchlists that had one lately. */
export async function findLastAlerts(
  sql: Sql,
  accountId: AccountId,
  ids: readonly WatchlistId[],
): Promise<ReadonlyMap<string, LastAlert>> {
  const rows = await sql.query<{ id: string; alertId: AlertId; createdAt: Date }>(FIND_LAST_ALERTS, [
    accountId,
    ids,
    alertsLookedThrough,
  ]);
  return new Map(rows.map((row) => [row.id, { id: row.alertId, at: row.createdAt.toISOString() }]));
}

/** @property at RFC 3339 */
export type LastAlert = { id: AlertId; at: string };
