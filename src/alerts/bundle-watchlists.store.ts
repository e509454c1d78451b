import type { AccountId, DeliveryId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * The watchlists that led to a digest, a bundle of quiet hours or a summary: those that its alerts matched, and those that ask for
 * a digest of its cadence there whatever happens. $1 account, $2 delivery of the bundle.
 * Indexes: the primary keys, delivery_destination, watchlist_destination_destination.
 */
const FIND_WATCHLISTS_TOLD_BY = `
  select w.id::text
  from bundle b
  join lateral (
    select unnest(al.watchlist_ids) as id from delivery d join alert al on al.id = d.alert_id
    where d.destination_id = b.destination_id and d.summary_id = b.delivery_id
    union
    select asking.id from watchlist_destination wd join watchlist asking on asking.id = wd.watchlist_id
    where wd.destination_id = b.destination_id and asking.cadence -> 'heartbeat' = 'true'
      and asking.cadence - 'heartbeat' = b.cadence) led on true
  join watchlist w on w.id = led.id and w.account_id = b.account_id
  where b.account_id = $1 and b.delivery_id = $2
  order by w.id`;

export async function findWatchlistsToldBy(
  sql: Sql,
  accountId: AccountId,
  id: DeliveryId,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(FIND_WATCHLISTS_TOLD_BY, [accountId, id]);
  return rows.map((row) => row.id);
}
