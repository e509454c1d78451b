import type { DeliveryKind } from '../domain/delivery-kind.js';
import type { AccountId, AlertId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';

/**
 * Deliveries that were given up, of all accounts, newest first. Looks at $7 of them at most, so that a filter that little
 * answers to costs no more than one that much does; a row with nothing but `lookedTo` says how far it came. Indexes: delivery_died,
 * the primary keys. $1 lane, $2 part of the reason in lower case, $3 destination, $4 died since, $5 before id, $6 limit; null for any.
 */
const LIST_DEAD = `
  with looked as materialized (
    select id, account_id, destination_id, alert_id, kind, lane, reason, tries, created_at, died_at
    from delivery where died_at is not null and ($5::bigint is null or id < $5) order by id desc limit $7
  ), found as (
    select * from looked
    where ($1::text is null or lane = $1) and ($2::text is null or position($2 in lower(reason)) > 0)
      and ($3::bigint is null or destination_id = $3) and ($4::timestamptz is null or died_at >= $4)
    order by id desc limit $6
  )
  select ends."lookedTo", f.id, f.account_id as "accountId", a.email, f.destination_id as "destinationId",
    t.label, t.status as "destinationStatus", f.alert_id as "alertId", f.kind, f.lane, f.reason, f.tries,
    f.created_at as "createdAt", f.died_at as "diedAt"
  from (select case when count(*) = $7 then min(id) end as "lookedTo" from looked) ends
  left join found f on true left join account a on a.id = f.account_id left join destination t on t.id = f.destination_id
  order by f.id desc`;

/** How many there are that the filter shows, among the newest $5. Index: delivery_died. $1, $2, $3, $4 as in LIST_DEAD. */
const COUNT_DEAD = `
  select count(*) filter (where ($1::text is null or lane = $1) and ($2::text is null or position($2 in lower(reason)) > 0)
      and ($3::bigint is null or destination_id = $3) and ($4::timestamptz is null or died_at >= $4))::integer as count,
    count(*) = $5 as "isMore"
  from (select lane, reason, destination_id, died_at from delivery where died_at is not null order by id desc limit $5) looked`;

/**
 * The next of those that the filter shows, from the oldest on. Index: delivery_died. $1, $2, $3, $4 as in LIST_DEAD, $5 after id,
 * $6 not after this id: what dies meanwhile is not meant, $7 limit.
 */
const NEXT_DEAD = `
  select id, account_id as "accountId" from delivery
  where died_at is not null and id > $5 and id <= $6
    and ($1::text is null or lane = $1) and ($2::text is null or position($2 in lower(reason)) > 0)
    and ($3::bigint is null or destination_id = $3) and ($4::timestamptz is null or died_at >= $4)
  order by id limit $7`;

/** The newest of all. No parameters. Index: delivery_died. */
const NEWEST_DEAD = `
  select coalesce((select id from delivery where died_at is not null order by id desc limit 1), 0) as id`;

/** What goes behind the new alerts of everybody. $1 deliveries. Indexes: the primary keys. */
const MARK_BULK = `
  update parcel p set bulk = true from delivery d where d.id = any ($1::bigint[]) and p.id = d.parcel_id`;

/** Which dead deliveries are meant; null for any. */
export type DeadFilter = {
  lane: string | null;
  /** What the reason contains, upper or lower case. */
  reason: string | null;
  destination: string | null;
  since: Date | null;
};

export type DeadRow = {
  id: DeliveryId;
  accountId: AccountId;
  email: string | null;
  destinationId: DestinationId;
  label: string | null;
  destinationStatus: string | null;
  alertId: AlertId | null;
  kind: DeliveryKind;
  lane: string;
  reason: string | null;
  tries: number;
  createdAt: Date;
  diedAt: Date;
};

const valuesOf = ({ lane, reason, destination, since }: DeadFilter) => [
  lane,
  reason?.toLowerCase() ?? null,
  destination,
  since,
];

export async function listDead(
  sql: Sql,
  filter: DeadFilter,
  page: { before: string | null; limit: number; mostLookedAt: number },
): Promise<{ rows: DeadRow[]; lookedTo: string | null }> {
  const { before, limit, mostLookedAt } = page;
  const values = [...valuesOf(filter), before, limit, mostLookedAt];
  const rows = await sql.query<DeadRow & { lookedTo: string | null }>(LIST_DEAD, values);
  return { rows: rows.filter(({ id }) => id !== null), lookedTo: rows[0]?.lookedTo ?? null };
}

/** @returns with `isMore` when there are more dead ones than were looked at */
export async function countDead(
  sql: Sql,
  filter: DeadFilter,
  most: number,
): Promise<{ count: number; isMore: boolean }> {
  const [row] = await sql.query<{ count: number; isMore: boolean }>(COUNT_DEAD, [...valuesOf(filter), most]);
  return row ?? { count: 0, isMore: false };
}

export async function nextDead(
  sql: Sql,
  filter: DeadFilter,
  { after, until, limit }: { after: string; until: string; limit: number },
): Promise<{ id: DeliveryId; accountId: AccountId }[]> {
  return sql.query(NEXT_DEAD, [...valuesOf(filter), after, until, limit]);
}

export async function newestDead(sql: Sql): Promise<string> {
  return (await sql.query<{ id: string }>(NEWEST_DEAD))[0]?.id ?? '0';
}

export async function markBulk(tx: Transaction, ids: readonly DeliveryId[]): Promise<void> {
  await tx.execute(MARK_BULK, [ids]);
}
