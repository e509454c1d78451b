import type { AccountId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * How destinations do, out of the latest 100 deliveries of each, which is where it would be: when one arrived last, but for
 * questions to confirm and notices, which are not what is sent there; and why one failed last. What waits after an attempt has
 * its reason too. Indexes: the primary key, delivery_destination, delivery_attempt_delivery. $1 account, $2 destinations.
 */
const REPORT = `
  select t.id, t.failing_since as "failingSince", t.failed_in_row as "failedInRow",
    arrived.at as "lastDeliveredAt", failed.at as "lastFailedAt", failed.reason as "lastFailure"
  from destination t
  left join lateral (
    select max(delivered_at) as at
    from (select kind, delivered_at from delivery where destination_id = t.id order by id desc limit 100) latest
    where kind not in ('confirm', 'notice')
  ) arrived on true
  left join lateral (
    select attempt.at, latest.reason
    from (select id, state, reason, tries from delivery where destination_id = t.id order by id desc limit 100) latest
    join lateral (
      select at from delivery_attempt a where a.delivery_id = latest.id and a.outcome <> 'delivered' order by at desc limit 1
    ) attempt on true
    where latest.reason is not null and (latest.state = 'dead' or latest.state = 'due' and latest.tries > 0)
    order by attempt.at desc limit 1
  ) failed on true
  where t.account_id = $1 and t.id = any ($2::bigint[])`;

/** Index: the primary key. $1 lanes, $2 endpoints, $3 now. */
const FIND_HELD = `
  select lane, endpoint, open_until as "openUntil" from endpoint_breaker
  where (lane, endpoint) in (select * from unnest($1::text[], $2::text[])) and open_until > $3`;

export type ReportRow = {
  id: DestinationId;
  failingSince: Date | null;
  failedInRow: number;
  lastDeliveredAt: Date | null;
  lastFailedAt: Date | null;
  lastFailure: string | null;
};

export async function reportsOf(
  sql: Sql,
  accountId: AccountId,
  ids: readonly DestinationId[],
): Promise<ReportRow[]> {
  return sql.query<ReportRow>(REPORT, [accountId, ids]);
}

/** @param keys of endpoints, as the breakers know them */
export async function findHeld(
  sql: Sql,
  keys: readonly { lane: string; endpoint: string }[],
  now: Date,
): Promise<{ lane: string; endpoint: string; openUntil: Date }[]> {
  return sql.query(FIND_HELD, [keys.map(({ lane }) => lane), keys.map(({ endpoint }) => endpoint), now]);
}
