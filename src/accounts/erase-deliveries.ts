import type { AccountId, DestinationId } from '../domain/ids.js';
import { advisoryLocks } from '../platform/advisory-locks.js';
import type { Transaction } from '../platform/database.js';

/** Waits for the ranges that are being fanned out, and keeps others from beginning. $1 key. */
const LOCK_OUT_FAN_OUT = `select pg_advisory_xact_lock($1)`;

/** $1 account, $2 destination, or null for all of them. Index: delivery_account. */
const DELETE_DELIVERIES = `
  delete from delivery where account_id = $1 and ($2::bigint is null or destination_id = $2) returning id`;

/** $1 deliveries. Index: delivery_attempt_delivery. */
const DELETE_ATTEMPTS = `delete from delivery_attempt where delivery_id = any($1::bigint[])`;

/** A bundle is named by its own delivery. $1 deliveries. Index: the primary key. */
const DELETE_BUNDLES = `delete from bundle where delivery_id = any($1::bigint[])`;

/** $1 deliveries. Index: the primary key. */
const DELETE_MESSAGES = `delete from delivery_message where delivery_id = any($1::bigint[])`;

/** $1 deliveries. Index: the primary key. */
const DELETE_TOLD = `delete from delivery_told where delivery_id = any($1::bigint[])`;

/** $1 account. Index: alert_account. */
const DELETE_ALERTS = `delete from alert where account_id = $1`;

/**
 * Deletes deliveries with their attempts, which no foreign key ties to them (they live in partitions that are dropped),
 * and with all of an account's deliveries its alerts. Fan-out, which reads accounts and destinations and writes rows that
 * no foreign key checks, is kept out until the caller's transaction ends.
 *
 * Statement by statement on purpose: each sees what was recorded while the one before waited for a worker's lock, attempts
 * and notices, and afterwards no worker finds a delivery to record for. Parcels that are left empty are removed by whoever
 * claims them.
 */
export async function eraseDeliveries(
  tx: Transaction,
  of: { accountId: AccountId; destinationId: DestinationId | null },
): Promise<void> {
  await tx.query(LOCK_OUT_FAN_OUT, [advisoryLocks.erasure]);
  const meant = [of.accountId, of.destinationId];
  const rows = await tx.query<{ id: string }>(DELETE_DELIVERIES, meant);
  const late = await tx.query<{ id: string }>(DELETE_DELIVERIES, meant);
  const ids = [...rows, ...late].map((row) => row.id);
  await tx.execute(DELETE_ATTEMPTS, [ids]);
  await tx.execute(DELETE_BUNDLES, [ids]);
  await tx.execute(DELETE_MESSAGES, [ids]);
  await tx.execute(DELETE_TOLD, [ids]);
  if (of.destinationId === null) await tx.execute(DELETE_ALERTS, [of.accountId]);
}
