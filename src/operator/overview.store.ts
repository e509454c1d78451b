import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/**
 * How deep each lane is, exactly; the lanes are the kinds of destinations that exist, each found after the one before. What waits is looked up by the
 * parcels: single deliveries by their id, and what lies in ranges in one pass over the ids that any range covers, however
 * many of them overlap. Some 2 µs each, in ranges or alone. Indexes: the primary key of deliveries, delivery_dead,
 * destination_kind. No parameters.
 */
const COUNT_QUEUE = `
  with recursive lanes (kind) as (
    select min(kind) from destination
    union all
    select (select min(kind) from destination d where d.kind > lanes.kind) from lanes where kind is not null
  ), span as materialized (
    select unnest(range_agg(int8range(first_id, last_id, '[]'))) as ids from parcel where first_id < last_id
  ), waiting as (
    select p.lane, p.claim_id, d.due_at
    from span join delivery d on d.id >= lower(span.ids) and d.id < upper(span.ids)
    join parcel p on p.id = d.parcel_id and p.first_id < p.last_id
    union all
    select p.lane, p.claim_id, d.due_at
    from parcel p join delivery d on d.id = p.first_id and d.parcel_id = p.id
    where p.first_id = p.last_id
  )
  select lane, sum(due)::integer as due, sum(leased)::integer as leased, sum(dead)::integer as dead,
    min(oldest) as "oldestDueAt"
  from (
    select lane, count(*) filter (where claim_id is null) as due, count(*) filter (where claim_id is not null) as leased,
      0 as dead, min(due_at) filter (where claim_id is null) as oldest
    from waiting group by lane
    union all
    select lane, 0, 0, count(*), null from delivery where died_at is not null group by lane
    union all
    select kind, 0, 0, 0, null::timestamptz from lanes where kind is not null) counted
  group by lane order by lane`;

/** What stands between changes and alerts. Indexes: revision_to_settle, revision_to_plan. No parameters. */
const COUNT_FAN_OUT = `
  select (select count(*)::integer from revision where settled_at is null) as "revisionsOpen",
    (select count(*)::integer from revision where settled_at is not null and planned_at is null) as "revisionsToPlan",
    (select count(*)::integer from fan_out_range) as "rangesLeft"`;

/** What happened in a time; deliveries by whole minutes. $1 from (exclusive), $2 to (inclusive). Indexes: change_received,
 * alert_created, the primary key of throughput. */
const COUNT_RATES = `
  select (select count(*)::integer from change where received_at > $1 and received_at <= $2) as "changesPerHour",
    (select count(*)::integer from alert where created_at > $1 and created_at <= $2) as "alertsPerHour",
    coalesce(sum(delivered), 0)::integer as "deliveredPerHour", coalesce(sum(failed), 0)::integer as "failedAttemptsPerHour"
  from throughput where minute > $1 and minute <= $2`;

/** Mails that were refused by policy after all, as reported. Index: mail_report_at. $1 from (exclusive), $2 to (inclusive). */
const COUNT_REFUSED = `
  select count(*)::integer as refused from mail_report where finding = 'policy' and at > $1 and at <= $2`;

/** Destinations that do not work, the newest first, with how many there are in all. $1 limit. */
const LIST_DISABLED = `
  select id, account_id as "accountId", kind, reason, (count(*) over ())::integer as "inAll"
  from destination where status = 'disabled' order by id desc limit $1`;

/**
 * Why changes alerted nobody, each under the first reason that holds; unmatched ones only once the fan-out of their
 * revision is over. What was undone counts when no alert of its revision was made before. $1 from (exclusive), $2 to (inclusive).
 * Indexes: change_received, the unique keys of fan_out_range and alert.
 */
const COUNT_SUPPRESSED = `
  select count(*) filter (where reason = 'silent')::integer as silent,
    count(*) filter (where reason = 'late')::integer as late,
    count(*) filter (where reason = 'flapping')::integer as flapping,
    count(*) filter (where reason = 'reverted')::integer as reverted,
    count(*) filter (where reason = 'retracted')::integer as retracted,
    count(*) filter (where reason = 'cosmetic')::integer as cosmetic,
    count(*) filter (where reason = 'unmatched')::integer as unmatched
  from change c cross join lateral (select case
    when silent then 'silent'
    when late then 'late'
    when verdict = 'quiet' then 'flapping'
    when verdict = 'reverted' then 'reverted'
    when undone_by is not null and not exists (select from alert where revision_id = c.revision_id) then 'reverted'
    when retracted_at is not null and not exists (select from alert where revision_id = c.revision_id) then 'retracted'
    when kind = 'cosmetic' then 'cosmetic'
    when exists (
      select from revision where id = c.revision_id and planned_at is not null
        and not exists (select from fan_out_range where revision_id = c.revision_id)
        and not exists (select from alert where revision_id = c.revision_id)) then 'unmatched' end as reason) why
  where received_at > $1 and received_at <= $2`;

/** Index: document_lost. No parameters. */
const COUNT_LOST = `
  select lost_cause as cause, count(*)::integer as count from document where lost_at is not null group by lost_cause`;

/** As the triggers of account keep them. No parameters. */
const COUNT_ACCOUNTS = `select tier, accounts::integer as count from account_count`;

type LaneRow = { lane: string; due: number; leased: number; dead: number; oldestDueAt: Date | null };
type FanOutRow = { revisionsOpen: number; revisionsToPlan: number; rangesLeft: number };
type RatesRow = {
  changesPerHour: number;
  alertsPerHour: number;
  deliveredPerHour: number;
  failedAttemptsPerHour: number;
};
type DisabledRow = { id: string; accountId: string; kind: string; reason: string | null; inAll: number };
type SuppressedRow = {
  silent: number;
  late: number;
  flapping: number;
  reverted: number;
  retracted: number;
  cosmetic: number;
  unmatched: number;
};

export async function countQueue(sql: Sql): Promise<LaneRow[]> {
  return sql.query<LaneRow>(COUNT_QUEUE);
}

export async function countFanOut(sql: Sql): Promise<FanOutRow> {
  return onlyRow(await sql.query<FanOutRow>(COUNT_FAN_OUT));
}

export async function countRates(sql: Sql, from: Date, to: Date): Promise<RatesRow> {
  return onlyRow(await sql.query<RatesRow>(COUNT_RATES, [from, to]));
}

export async function countRefused(sql: Sql, from: Date, to: Date): Promise<number> {
  return onlyRow(await sql.query<{ refused: number }>(COUNT_REFUSED, [from, to])).refused;
}

export async function listDisabled(sql: Sql, limit: number): Promise<DisabledRow[]> {
  return sql.query<DisabledRow>(LIST_DISABLED, [limit]);
}

export async function countSuppressed(sql: Sql, from: Date, to: Date): Promise<SuppressedRow> {
  return onlyRow(await sql.query<SuppressedRow>(COUNT_SUPPRESSED, [from, to]));
}

export async function countLost(sql: Sql) {
  return sql.query<{ cause: 'unverified' | 'unreachable'; count: number }>(COUNT_LOST);
}

export async function countAccounts(sql: Sql) {
  return sql.query<{ tier: Tier; count: number }>(COUNT_ACCOUNTS);
}

function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error('a count gave no row back');
  return row;
}
