import type { DeliveryKind } from '../domain/delivery-kind.js';
import type { AccountId, AlertId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * An account's deliveries, newest first. `leased` exists only towards the outside: due, in a parcel that a worker holds.
 * Indexes: delivery_account, or with an alert the unique key of (alert, destination), or with a destination
 * delivery_destination; parcels by primary key, of what is due alone. A state that is rare is looked for along all that the
 * account has. $1 account, $2 destination, $3 state, $4 alert, $5 before id, $6 limit.
 */
const LIST_DELIVERIES = `
  select d.id, d.alert_id as "alertId", d.destination_id as "destinationId", d.kind, d.lane,
    case when p.claim_id is null then d.state else 'leased' end as state, d.reason, d.due_at as "dueAt",
    d.delivered_at as "deliveredAt", d.created_at as "createdAt", d.attempted_at as "attemptedAt", d.status, d.ms, d.excerpt,
    jsonb_build_object('kind', t.kind, 'label', t.label, 'settings', t.settings) as destination
  from delivery d left join parcel p on p.id = d.parcel_id join destination t on t.id = d.destination_id
  where d.account_id = $1 and ($2::bigint is null or d.destination_id = $2) and ($4::bigint is null or d.alert_id = $4)
    and ($5::bigint is null or d.id < $5)
    and ($3::text is null or d.state = case $3 when 'leased' then 'due' else $3 end)
    and ($3::text is null or $3 not in ('due', 'leased') or ($3 = 'leased') = (p.claim_id is not null))
  order by d.id desc limit $6`;

/** As above. Index: the primary keys. $1 account, $2 id. */
const FIND_DELIVERY = `
  select d.id, d.alert_id as "alertId", d.destination_id as "destinationId", d.kind, d.lane,
    case when p.claim_id is null then d.state else 'leased' end as state, d.reason, d.due_at as "dueAt",
    d.delivered_at as "deliveredAt", d.created_at as "createdAt", d.attempted_at as "attemptedAt", d.status, d.ms, d.excerpt,
    jsonb_build_object('kind', t.kind, 'label', t.label, 'settings', t.settings) as destination
  from delivery d left join parcel p on p.id = d.parcel_id join destination t on t.id = d.destination_id
  where d.account_id = $1 and d.id = $2`;

/**
 * Attempts that failed, and those that delivered what was replayed since, oldest first.
 * Index: delivery_attempt_delivery, of every month. $1 deliveries.
 */
const LIST_ATTEMPTS = `
  select delivery_id as "deliveryId", at, outcome, status, ms, reason, excerpt
  from delivery_attempt where delivery_id = any ($1::bigint[]) order by delivery_id, at`;

export type DeliveryRow = {
  id: DeliveryId;
  alertId: AlertId | null;
  destinationId: DestinationId;
  kind: DeliveryKind;
  lane: string;
  state: 'due' | 'leased' | 'delivered' | 'dead' | 'cancelled';
  reason: string | null;
  dueAt: Date;
  deliveredAt: Date | null;
  createdAt: Date;
  /** Of the attempt that delivered: when it began, and how it went. */
  attemptedAt: Date | null;
  status: number | null;
  ms: number | null;
  excerpt: string | null;
  /** As it is now; its secrets are not among the settings. */
  destination: { kind: string; label: string | null; settings: Record<string, unknown> };
};

export type AttemptRow = {
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

/**
 * Of each delivery all its attempts, oldest first: those in the log, and the one that delivered, which stands in its own row. A
 * mail may have come back after that.
 */
export async function listAttempts(
  sql: Sql,
  deliveries: readonly DeliveryRow[],
): Promise<Map<DeliveryId, AttemptRow[]>> {
  const ids = deliveries.map(({ id }) => id);
  const logged = await sql.query<AttemptRow & { deliveryId: DeliveryId }>(LIST_ATTEMPTS, [ids]);
  const byDelivery = new Map(ids.map((id): [DeliveryId, AttemptRow[]] => [id, []]));
  for (const { deliveryId, ...attempt } of logged) byDelivery.get(deliveryId)?.push(attempt);
  for (const { id, attemptedAt, status, ms, excerpt } of deliveries) {
    if (attemptedAt === null) continue;
    const delivering = {
      at: attemptedAt,
      outcome: 'delivered',
      status,
      ms: ms ?? 0,
      reason: null,
      excerpt,
    } as const;
    const others = byDelivery.get(id) ?? [];
    const after = others.findIndex(({ at }) => at > attemptedAt);
    others.splice(after < 0 ? others.length : after, 0, delivering);
  }
  return byDelivery;
}
