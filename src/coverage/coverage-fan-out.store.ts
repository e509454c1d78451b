import { advisoryLocks } from '../platform/advisory-locks.js';
import type { Sql, Transaction } from '../platform/database.js';

/**
 * Takes the next notice of a loss that nobody has planned and cuts the followers of its document into numbered ranges of
 * accounts, with at most $1 follows of each subject in a range: see PLAN_NEXT of the fan-out of alerts, which does the same.
 * Follows of clause types, categories and agencies don't count: they ask for clauses, not for a document.
 * $1 follows a range, $2 now. Indexes: coverage_notice_to_plan, provision_document, follow_match.
 */
const PLAN_LOST = `
  with recursive picked as materialized (
    select n.id, d.id as document_id, d.entity_id
    from coverage_notice n join document d on d.id = n.document_id
    where n.planned_at is null and n.about = 'lost'
    order by n.id limit 1 for update of n skip locked
  ), subject as materialized (
    select 'everything' as kind, '*' as key from picked
    union all select 'entity', entity_id from picked
    union all select 'document', document_id from picked
    union all select 'provision', p.id from picked join provision p on p.document_id = picked.document_id and p.rank > 0
  ), cut (number, account_id) as (
    select 0, (select min(first.account_id) from subject s cross join lateral (
      select f.account_id from follow f where (f.kind, f.key) >= (s.kind, s.key) and (f.kind, f.key) <= (s.kind, s.key)
      order by f.kind, f.key, f.account_id limit 1) first)
    union all
    select number + 1, (select min(next.account_id) from subject s cross join lateral (
      select f.account_id from follow f
      where (f.kind, f.key, f.account_id) > (s.kind, s.key, cut.account_id) and (f.kind, f.key) <= (s.kind, s.key)
      order by f.kind, f.key, f.account_id offset $1::integer - 1 limit 1) next)
    from cut where account_id is not null
  ), planned as (
    insert into coverage_range (notice_id, number, from_account, until_account)
    select picked.id, number, account_id, coalesce(lead(account_id) over (order by number), 9223372036854775807)
    from cut cross join picked where account_id is not null
  )
  update coverage_notice n set planned_at = $2 from picked where n.id = picked.id returning n.id`;

/**
 * The same of a notice that a document is back, among those who were told of the loss; not before all of them were.
 * $1 deliveries a range, $2 now. Indexes: coverage_notice_to_plan, the primary key of the ranges, delivery_coverage.
 */
const PLAN_BACK = `
  with recursive picked as materialized (
    select n.id, lost.id as lost_id
    from coverage_notice n
    join coverage_notice lost on lost.document_id = n.document_id and lost.lost_at = n.lost_at and lost.about = 'lost'
    where n.planned_at is null and n.about = 'back' and lost.planned_at is not null
      and not exists (select from coverage_range where notice_id = lost.id)
    order by n.id limit 1 for update of n skip locked
  ), cut (number, account_id) as (
    select 0, (select d.account_id from picked cross join lateral (
      select account_id from delivery
      where kind = 'coverage' and (notice ->> 'id')::bigint = picked.lost_id order by account_id limit 1) d)
    union all
    select number + 1, (select d.account_id from picked cross join lateral (
      select account_id from delivery
      where kind = 'coverage' and (notice ->> 'id')::bigint = picked.lost_id and account_id > cut.account_id
      order by account_id offset $1::integer - 1 limit 1) d)
    from cut where account_id is not null
  ), planned as (
    insert into coverage_range (notice_id, number, from_account, until_account)
    select picked.id, number, account_id, coalesce(lead(account_id) over (order by number), 9223372036854775807)
    from cut cross join picked where account_id is not null
  )
  update coverage_notice n set planned_at = $2 from picked where n.id = picked.id returning n.id`;

/**
 * The next range that nobody works on, in turns as those of alerts. Taking it keeps out whoever erases an account or a
 * destination. $1 key of that lock. Index: coverage_range_turn.
 */
const TAKE_RANGE = `
  select r.notice_id as "noticeId", n.about, r.number, r.from_account as "fromAccount", r.until_account as "untilAccount",
    r.number > 0 or exists (select from coverage_range other where other.notice_id = r.notice_id and other.number > 0)
      as "isBulk", pg_advisory_xact_lock_shared($1) as locked
  from coverage_range r join coverage_notice n on n.id = r.notice_id
  order by r.number, r.notice_id limit 1 for update of r skip locked`;

/**
 * Tells one range of a loss, and drops it: a delivery for each active destination of each watchlist that follows the document,
 * whatever its cadence and rule: this is about silence. Nothing when the document is back already, for who muted it, or by a
 * watchlist that is snoozed.
 *
 * A destination that people read gets at most $7 in an hour: when a whole archive falls silent, the rest is cancelled, and
 * stands in the account's list of what is lost. The lock on the range makes it run once, and the unique key of the deliveries
 * stands behind it.
 * $1 notice, $2 from account, $3 until account, $4 now, $5 tiers that hold every channel, $6 whether the parcels are bulk,
 * $7 most in an hour, $8 lanes that people read.
 * Indexes: follow_match, mute_match, the primary keys, delivery_coverage_told.
 */
const FAN_OUT_LOST = `
  with lost as materialized (
    select n.id, d.id as document_id, d.entity_id
    from coverage_notice n join document d on d.id = n.document_id and d.lost_at = n.lost_at where n.id = $1
  ), subject as materialized (
    select 'everything' as kind, '*' as key from lost
    union all select 'entity', entity_id from lost
    union all select 'document', document_id from lost
    union all select 'provision', p.id from lost join provision p on p.document_id = lost.document_id and p.rank > 0
  ), following as materialized (
    select distinct f.account_id, f.watchlist_id
    from subject s
    cross join lateral (
      select account_id, watchlist_id from follow
      where kind = s.kind and key = s.key and account_id >= $2 and account_id < $3 offset 0) f
    where f.account_id not in (
      select m.account_id from lost join mute m on m.kind = 'document' and m.key = lost.document_id
        and m.account_id >= $2 and m.account_id < $3 and (m.until is null or m.until > $4))
  ), telling as materialized (
    select distinct t.id as destination_id, t.account_id, t.kind as lane
    from following f
    join account a on a.id = f.account_id
    join watchlist w on w.id = f.watchlist_id and (w.snoozed_until is null or w.snoozed_until <= $4)
    join watchlist_destination wd on wd.watchlist_id = f.watchlist_id
    join destination t on t.id = wd.destination_id and t.account_id = a.id and t.status = 'active'
      and (a.tier = any ($5) or t.kind = 'email' and lower(t.settings ->> 'address') = lower(a.email))
  ), sending as materialized (
    select *, lane = any ($8) and (
      select count(*) from (select from delivery d
        where d.kind = 'coverage' and d.destination_id = telling.destination_id
          and d.created_at > $4::timestamptz - interval '1 hour' limit $7::bigint) lately) >= $7 as capped
    from telling
  ), packed as materialized (
    select lane, nextval('parcel_id_seq') as parcel_id
    from (select distinct lane from sending where not capped) lanes
  ), sent as (
    insert into delivery (account_id, destination_id, kind, lane, state, reason, notice, parcel_id, due_at, created_at)
    select s.account_id, s.destination_id, 'coverage', s.lane, case when s.capped then 'cancelled' else 'due' end,
      case when s.capped then 'more than ' || $7 || ' such notices within an hour: see the list of what is lost' end,
      jsonb_build_object('id', $1::bigint::text), case when not s.capped then p.parcel_id end, $4::timestamptz,
      $4::timestamptz
    from sending s left join packed p on p.lane = s.lane
    returning id, parcel_id
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at)
    select parcel_id, lane, $6, min(id), max(id), $4 from sent join packed using (parcel_id) group by parcel_id, lane
  ), dropped as (
    delete from coverage_range where notice_id = $1 and from_account = $2
  )
  select array(select lane from packed) as lanes,
    (select count(*)::integer from sent where parcel_id is not null) as deliveries`;

/**
 * Tells one range that a document is back, and drops it: each destination that was told of the loss, or is about to be, and is
 * at work. Whether it was in the end is asked before sending.
 * $1 notice, $2 from account, $3 until account, $4 now, $5 whether the parcels are bulk. Indexes: delivery_coverage,
 * mute_match, the primary keys.
 */
const FAN_OUT_BACK = `
  with back as materialized (
    select lost.id as lost_id, lost.document_id from coverage_notice n
    join coverage_notice lost on lost.document_id = n.document_id and lost.lost_at = n.lost_at and lost.about = 'lost'
    where n.id = $1
  ), sending as materialized (
    select d.account_id, d.destination_id, d.lane
    from back join delivery d on d.kind = 'coverage' and (d.notice ->> 'id')::bigint = back.lost_id
      and d.account_id >= $2 and d.account_id < $3 and d.state in ('due', 'delivered')
    join destination t on t.id = d.destination_id and t.status = 'active'
    where d.account_id not in (
      select m.account_id from back join mute m on m.kind = 'document' and m.key = back.document_id
        and m.account_id >= $2 and m.account_id < $3 and (m.until is null or m.until > $4))
  ), packed as materialized (
    select lane, nextval('parcel_id_seq') as parcel_id from (select distinct lane from sending) lanes
  ), sent as (
    insert into delivery (account_id, destination_id, kind, lane, notice, parcel_id, due_at, created_at)
    select s.account_id, s.destination_id, 'coverage', s.lane, jsonb_build_object('id', $1::bigint::text), p.parcel_id,
      $4::timestamptz, $4::timestamptz
    from sending s join packed p on p.lane = s.lane
    returning id, parcel_id
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at)
    select parcel_id, lane, $5, min(id), max(id), $4 from sent join packed using (parcel_id) group by parcel_id, lane
  ), dropped as (
    delete from coverage_range where notice_id = $1 and from_account = $2
  )
  select array(select lane from packed) as lanes, (select count(*)::integer from sent) as deliveries`;

export type CoverageRange = {
  noticeId: string;
  about: 'lost' | 'back';
  /** The range's place among those of its notice, from 0. */
  number: number;
  fromAccount: string;
  untilAccount: string;
  isBulk: boolean;
};

export type CoverageTerms = {
  everyChannelTiers: readonly string[];
  /** Notices that one destination which people read gets within an hour. */
  mostAnHour: number;
  /** Lanes of channels that people read. */
  readLanes: readonly string[];
};

export type Told = { deliveries: number; lanes: string[] };

/** @returns the notice whose ranges are planned now, or null when none waits */
export async function planNotice(sql: Sql, aRange: number, now: Date): Promise<string | null> {
  const [lost] = await sql.query<{ id: string }>(PLAN_LOST, [aRange, now]);
  if (lost) return lost.id;
  const [back] = await sql.query<{ id: string }>(PLAN_BACK, [aRange, now]);
  return back?.id ?? null;
}

export async function takeCoverageRange(tx: Transaction): Promise<CoverageRange | null> {
  const [row] = await tx.query<CoverageRange & { locked: unknown }>(TAKE_RANGE, [advisoryLocks.erasure]);
  if (!row) return null;
  const { locked: _, ...range } = row;
  return range;
}

export async function tellRange(
  tx: Transaction,
  range: CoverageRange,
  now: Date,
  { everyChannelTiers, mostAnHour, readLanes }: CoverageTerms,
): Promise<Told> {
  const place = [range.noticeId, range.fromAccount, range.untilAccount, now];
  const [told] =
    range.about === 'lost'
      ? await tx.query<Told>(FAN_OUT_LOST, [...place, everyChannelTiers, range.isBulk, mostAnHour, readLanes])
      : await tx.query<Told>(FAN_OUT_BACK, [...place, range.isBulk]);
  return told ?? { deliveries: 0, lanes: [] };
}
