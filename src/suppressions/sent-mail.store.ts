import type { DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * Where a mail went; none when its destination has another address since, or none. A notice went to its owner's own.
 * Index: the primary keys. $1 delivery.
 */
const FIND_SENT = `
  select d.destination_id as "destinationId", d.attempted_at as "sentAt",
    case when d.kind = 'notice' then a.email else t.settings ->> 'address' end as address
  from delivery d join destination t on t.id = d.destination_id join account a on a.id = d.account_id
  where d.id = $1 and (d.kind = 'notice'
    or t.settings ->> 'address' is not null and (t.resettled_at is null or t.resettled_at <= d.attempted_at))`;

export type SentMail = {
  destinationId: DestinationId;
  address: string;
  /** When the attempt began that delivered it; null when none is known to have. */
  sentAt: Date | null;
};

export async function findSent(sql: Sql, id: DeliveryId): Promise<SentMail | null> {
  const [row] = await sql.query<SentMail>(FIND_SENT, [id]);
  return row ?? null;
}
