import type { AccountId, AlertId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * Whether what was sent about an alert went to a place that the destination has left since: it was set up otherwise after the
 * alert was made, and neither the alert nor the summary that stands for it went out again after that.
 * Indexes: the primary keys, the unique key of delivery. $1 account, $2 destination, $3 alert or null,
 * $4 coverage notice or null, which is a delivery by itself. Index of that: delivery_coverage. $5 the delivery that stands for
 * several alerts, or null.
 */
const FIND_LEFT = `
  select from destination t
  where t.account_id = $1 and t.id = $2 and t.resettled_at is not null
    and not exists (
      select from alert a where a.id = $3 and a.account_id = t.account_id and t.resettled_at <= a.created_at)
    and not exists (
      select from delivery d left join delivery s on s.id = d.summary_id
      where d.alert_id = $3 and d.destination_id = t.id and t.resettled_at <= greatest(d.attempted_at, s.attempted_at))
    and not exists (
      select from delivery d
      where d.kind = 'coverage' and (d.notice ->> 'id')::bigint = $4 and d.account_id = t.account_id
        and d.destination_id = t.id and t.resettled_at <= greatest(d.created_at, d.attempted_at))
    and not exists (
      select from delivery d
      where d.id = $5 and d.account_id = t.account_id and d.destination_id = t.id
        and t.resettled_at <= greatest(d.created_at, d.attempted_at))`;

export async function isLeft(
  sql: Sql,
  accountId: AccountId,
  id: DestinationId,
  of: { alertId?: AlertId; noticeId?: string; bundleId?: DeliveryId },
): Promise<boolean> {
  const about = [of.alertId ?? null, of.noticeId ?? null, of.bundleId ?? null];
  return (await sql.query(FIND_LEFT, [accountId, id, ...about])).length > 0;
}
