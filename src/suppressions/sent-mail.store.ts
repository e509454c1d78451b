import type { DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * Where a mail went, and when; none when its destination has another address since, or none. A notice went to its owner's own.
 * What was sent again went out several times: the last before the time of the report is meant, and where none is known
 * from before that, it went out when it was made at the earliest.
 * Indexes: the primary keys, delivery_attempt_delivery. $1 delivery, $2 time of the report or null.
 */
const FIND_SENT = `
  select d.destination_id as "destinationId", sent.at as "sentAt",
    case when d.kind = 'notice' then a.email else t.settings ->> 'address' end as address
  from delivery d join destination t on t.id = d.destination_id join account a on a.id = d.account_id
  cross join lateral (
    select coalesce(max(s.at) filter (where $2::timestamptz is null or s.at <= $2),
      case when $2 is not null then d.created_at end) as at
    from (
      select d.attempted_at as at
      union all
      select l.at from delivery_attempt l where l.delivery_id = d.id and l.outcome = 'delivered'
    ) s
  ) sent
  where d.id = $1 and (d.kind = 'notice'
    or t.settings ->> 'address' is not null and (t.resettled_at is null or t.resettled_at <= sent.at))`;

export type SentMail = {
  destinationId: DestinationId;
  address: string;
  /** When the attempt began that delivered it; null when none is known to have, and the report has no time either. */
  sentAt: Date | null;
};

/** @param at when the mail was under way, or came back, as the report says; null when it does not */
export async function findSent(sql: Sql, id: DeliveryId, at: Date | null): Promise<SentMail | null> {
  const [row] = await sql.query<SentMail>(FIND_SENT, [id, at]);
  return row ?? null;
}
