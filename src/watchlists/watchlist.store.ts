import type { Cadence } from '../domain/cadence.js';
import type { AccountId, DestinationId, WatchlistId } from '../domain/ids.js';
import { rankOf, severityOf, type Rank } from '../domain/severity.js';
import type { WatchRule } from '../domain/watch-rule.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { Watchlist } from './watchlist.js';

/** A page of watchlists, oldest first. Index: watchlist_account. $1 account, $2 after this id or null, $3 limit. */
const LIST_WATCHLISTS = `
  select id, name, min_rank as "minRank", direction, min_change as "minChange", kinds, keywords, cadence,
    confirm_after as "confirmAfter", snoozed_until as "snoozedUntil", created_at as "createdAt", array(
      select destination_id::text from watchlist_destination where watchlist_id = w.id order by destination_id
    ) as "destinationIds"
  from watchlist w
  where account_id = $1 and id > coalesce($2::bigint, 0)
  order by id limit $3`;

/** $1 account, $2 watchlist. */
const FIND_WATCHLIST = `
  select id, name, min_rank as "minRank", direction, min_change as "minChange", kinds, keywords, cadence,
    confirm_after as "confirmAfter", snoozed_until as "snoozedUntil", created_at as "createdAt", array(
      select destination_id::text from watchlist_destination where watchlist_id = w.id order by destination_id
    ) as "destinationIds"
  from watchlist w
  where account_id = $1 and id = $2`;

/** Index: watchlist_account. $1 account. */
const COUNT_WATCHLISTS = `select count(*)::integer as count from watchlist where account_id = $1`;

/**
 * `changed_at` tells deliveries on their way to ask again what the watchlist wants: whoever changes that sets it.
 * $1 account, $2 name, $3 least rank, $4 direction, $5 least change, $6 kinds, $7 keywords, $8 cadence, $9 hours to stand, $10 now.
 */
const INSERT_WATCHLIST = `
  insert into watchlist
    (account_id, name, min_rank, direction, min_change, kinds, keywords, cadence, confirm_after, created_at, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
  returning id`;

/**
 * $1 account, $2 watchlist, $3 name, $4 least rank, $5 direction, $6 least change, $7 kinds, $8 keywords, $9 cadence,
 * $10 hours to stand, $11 now.
 */
const UPDATE_WATCHLIST = `
  update watchlist
  set name = $3, min_rank = $4, direction = $5, min_change = $6, kinds = $7, keywords = $8, cadence = $9, confirm_after = $10,
    changed_at = $11
  where account_id = $1 and id = $2`;

/** $1 account, $2 watchlist. */
const DELETE_WATCHLIST = `delete from watchlist where account_id = $1 and id = $2`;

/** $1 watchlist, $2 the destinations that stay. */
const UNLINK_OTHER_DESTINATIONS = `
  delete from watchlist_destination where watchlist_id = $1 and destination_id <> all($2::bigint[])`;

/** $1 watchlist, $2 destinations. */
const LINK_DESTINATIONS = `
  insert into watchlist_destination (watchlist_id, destination_id)
  select $1, id from unnest($2::bigint[]) as given (id)
  on conflict do nothing`;

type WatchlistRow = {
  id: WatchlistId;
  name: string;
  minRank: Rank;
  direction: WatchRule['direction'];
  minChange: number;
  kinds: WatchRule['kinds'];
  keywords: string | null;
  cadence: Cadence;
  snoozedUntil: Date | null;
  confirmAfter: number | null;
  createdAt: Date;
  destinationIds: DestinationId[];
};

/** What a watchlist is set to. */
export type WatchlistSettings = {
  name: string;
  rule: WatchRule;
  cadence: Cadence;
  /** Hours. */
  confirmAfter: number | null;
};

/** @returns up to `limit` watchlists after the id, oldest first */
export async function listWatchlists(
  sql: Sql,
  accountId: AccountId,
  after: string | null,
  limit: number,
): Promise<Watchlist[]> {
  const rows = await sql.query<WatchlistRow>(LIST_WATCHLISTS, [accountId, after, limit]);
  return rows.map(watchlistOf);
}

/** @returns null when the account has no such watchlist */
export async function findWatchlist(
  sql: Sql,
  accountId: AccountId,
  id: WatchlistId,
): Promise<Watchlist | null> {
  const [row] = await sql.query<WatchlistRow>(FIND_WATCHLIST, [accountId, id]);
  return row ? watchlistOf(row) : null;
}

export async function countWatchlists(tx: Sql, accountId: AccountId): Promise<number> {
  const [row] = await tx.query<{ count: number }>(COUNT_WATCHLISTS, [accountId]);
  return row?.count ?? 0;
}

export async function insertWatchlist(
  tx: Transaction,
  accountId: AccountId,
  settings: WatchlistSettings,
  now: Date,
): Promise<WatchlistId> {
  const [row] = await tx.query<{ id: WatchlistId }>(INSERT_WATCHLIST, [
    accountId,
    ...columnsOf(settings),
    now,
  ]);
  if (!row) throw new Error('inserting a watchlist gave no id back');
  return row.id;
}

export async function updateWatchlist(
  tx: Transaction,
  accountId: AccountId,
  id: WatchlistId,
  settings: WatchlistSettings,
  now: Date,
): Promise<void> {
  await tx.execute(UPDATE_WATCHLIST, [accountId, id, ...columnsOf(settings), now]);
}

/** @returns false when the account has no such watchlist */
export async function deleteWatchlist(sql: Sql, accountId: AccountId, id: WatchlistId): Promise<boolean> {
  return (await sql.execute(DELETE_WATCHLIST, [accountId, id])) > 0;
}

/**
 * Makes these, and no others, the destinations of the watchlist, which the transaction has made or changed just before;
 * they must be of its account.
 */
export async function setDestinations(
  tx: Transaction,
  id: WatchlistId,
  destinationIds: readonly DestinationId[],
): Promise<void> {
  await tx.execute(UNLINK_OTHER_DESTINATIONS, [id, destinationIds]);
  await tx.execute(LINK_DESTINATIONS, [id, destinationIds]);
}

function columnsOf({ name, rule, cadence, confirmAfter }: WatchlistSettings): unknown[] {
  const { minSeverity, direction, minChange, kinds, keywords } = rule;
  return [
    name,
    rankOf(minSeverity),
    direction,
    minChange,
    kinds,
    keywords,
    JSON.stringify(cadence),
    confirmAfter,
  ];
}

function watchlistOf(row: WatchlistRow): Watchlist {
  const { id, name, minRank, direction, minChange, kinds, keywords, cadence, confirmAfter, destinationIds } =
    row;
  const minSeverity = severityOf(minRank);
  if (minSeverity === null) throw new Error(`watchlist ${id} has no least severity`);
  return {
    id,
    name,
    rule: { minSeverity, direction, minChange, kinds, keywords },
    cadence,
    confirmAfter,
    destinationIds,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
