import type { DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * Takes out of a summary the alerts that were wholly undone or retracted: whoever reads it is not told of them, so no echo follows.
 * $1 destination, $2 summary, $3 reason. Index: delivery_destination.
 */
const LEAVE_OUT_UNDONE = `
  update delivery d set summary_id = null, reason = $3
  where d.destination_id = $1 and d.summary_id = $2 and is_undone(d.alert_id)`;

/** Whether a summary stands for anything. $1 destination, $2 summary. Index: delivery_destination. */
const FIND_ANY_TOLD = `select 1 from delivery where destination_id = $1 and summary_id = $2 limit 1`;

/** @returns whether anything is left to tell */
export async function leaveOutUndone(
  sql: Sql,
  { id, destinationId }: { id: DeliveryId; destinationId: DestinationId },
  reason: string,
): Promise<boolean> {
  await sql.execute(LEAVE_OUT_UNDONE, [destinationId, id, reason]);
  return (await sql.query(FIND_ANY_TOLD, [destinationId, id])).length > 0;
}
