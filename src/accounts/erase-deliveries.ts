import type { AccountId, DestinationId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';

/** $1 account, $2 destination, or null for all of them. Index: delivery_account. */
const DELETE_DELIVERIES = `
  delete from delivery where account_id = $1 and ($2::bigint is null or destination_id = $2) returning id`;

/** $1 deliveries. Index: delivery_attempt_delivery. */
const DELETE_ATTEMPTS = `delete from delivery_attempt where delivery_id = any($1::bigint[])`;

/**
 * Deletes deliveries with their attempts, which no foreign key ties to them (they live in partitions that are dropped).
 * Two statements on purpose: the second one sees the attempts that were recorded while the first waited for a worker's
 * lock, and afterwards no worker finds a delivery to record for.
 */
export async function eraseDeliveries(
  tx: Transaction,
  of: { accountId: AccountId; destinationId: DestinationId | null },
): Promise<void> {
  const rows = await tx.query<{ id: string }>(DELETE_DELIVERIES, [of.accountId, of.destinationId]);
  await tx.execute(DELETE_ATTEMPTS, [rows.map((row) => row.id)]);
}
