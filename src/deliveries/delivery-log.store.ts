import type { AccountId, DeliveryId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';

/** An account's deliveries, newest first. $1 account, $2 destination, $3 state, $4 alert, $5 before id, $6 limit. */
const LIST_DELIVERIES = `
  select id, alert_id as "alertId", destination_id as "destinationId", kind, lane, state, reason, due_at as "dueAt",
    delivered_at as "deliveredAt", created_at as "createdAt"
  from delivery
  where account_id = $1 and ($2::bigint is null or destination_id = $2) and ($3::text is null or state = $3)
    and ($4::bigint is null or alert_id = $4) and ($5::bigint is null or id < $5)
  order by id desc limit $6`;

/** $1 account, $2 id. */
const FIND_DELIVERY = `
  select id, alert_id as "alertId", destination_id as "destinationId", kind, lane, state, reason, due_at as "dueAt",
    delivered_at as "deliveredAt", created_at as "createdAt"
  from delivery where account_id = $1 and id = $2`;

/** $1 deliveries. Index: delivery_attempt_delivery. */
const LIST_ATTEMPTS = `
  select delivery_id as "deliveryId", at, outcome, status, ms, reason, excerpt
  from delivery_attempt where delivery_id = any($1) order by delivery_id, at`;

/** Makes an ended delivery due again, from the first try. $1 account, $2 id, $3 now. */
const REPLAY = `
  update delivery set state = 'due', due_at = $3, tries = 0, reason = null, claim_id = null, delivered_at = null
  where account_id = $1 and id = $2 and state in ('delivered', 'dead', 'cancelled')
  returning lane`;

export type DeliveryRow = {
  id: DeliveryId;
  alertId: string | null;
  destinationId: string;
  kind: 'alert' | 'test' | 'confirm';
  lane: string;
  state: 'due' | 'leased' | 'delivered' | 'dead' | 'cancelled';
  reason: string | null;
  dueAt: Date;
  deliveredAt: Date | null;
  createdAt: Date;
};

export type AttemptRow = {
  deliveryId: DeliveryId;
  at: Date;
  outcome: 'delivered' | 'retry' | 'permanent';
  status: number | null;
  ms: number;
  reason: string | null;
  excerpt: string | null;
};

export async function listDeliveries(
  sql: Sql,
  accountId: AccountId,
  filter: {
    destination: string | null;
    state: string | null;
    alert: string | null;
    before: string | null;
    limit: number;
  },
): Promise<DeliveryRow[]> {
  const { destination, state, alert, before, limit } = filter;
  return sql.query<DeliveryRow>(LIST_DELIVERIES, [accountId, destination, state, alert, before, limit]);
}

export async function findDelivery(
  sql: Sql,
  accountId: AccountId,
  id: DeliveryId,
): Promise<DeliveryRow | null> {
  const [row] = await sql.query<DeliveryRow>(FIND_DELIVERY, [accountId, id]);
  return row ?? null;
}

export async function listAttempts(sql: Sql, ids: readonly DeliveryId[]): Promise<Map<string, AttemptRow[]>> {
  const rows = await sql.query<AttemptRow>(LIST_ATTEMPTS, [ids]);
  const byDelivery = new Map<string, AttemptRow[]>();
  for (const row of rows) byDelivery.set(row.deliveryId, [...(byDelivery.get(row.deliveryId) ?? []), row]);
  return byDelivery;
}

/** @returns the lane to ring, or null when the delivery has not ended */
export async function replayDelivery(tx: Transaction, accountId: AccountId, id: DeliveryId, now: Date) {
  const [row] = await tx.query<{ lane: string }>(REPLAY, [accountId, id, now]);
  return row?.lane ?? null;
}
