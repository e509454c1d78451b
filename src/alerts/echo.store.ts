import type { RevisionId } from '../domain/ids.js';
import { advisoryLocks } from '../platform/advisory-locks.js';
import type { Sql, Transaction } from '../platform/database.js';

/**
 * Takes the oldest echo that nobody has planned and cuts the alerts of its revision into numbered ranges of accounts, with $1
 * alerts each. It waits until the revision itself is fanned out: by then everybody who is told of it has the alert.
 * $1 alerts a range, $2 now. Indexes: echo_to_plan, fan_out_range by revision, alert's unique key of revision and account.
 */
const PLAN_ECHO = `
  with recursive picked as materialized (
    select e.id, e.revision_id from echo e join revision r on r.id = e.revision_id
    where e.planned_at is null and r.planned_at is not null
      and not exists (select from fan_out_range f where f.revision_id = e.revision_id)
    order by e.id limit 1 for update of e skip locked
  ), cut (number, account_id) as (
    select 0, (select al.account_id from picked join alert al on al.revision_id = picked.revision_id
      order by al.account_id limit 1)
    union all
    select number + 1, (select al.account_id from picked
      join alert al on al.revision_id = picked.revision_id and al.account_id > cut.account_id
      order by al.account_id offset $1::integer - 1 limit 1)
    from cut where account_id is not null
  ), planned as (
    insert into echo_range (echo_id, number, from_account, until_account)
    select picked.id, number, account_id, coalesce(lead(account_id) over (order by number), 9223372036854775807)
    from cut cross join picked where account_id is not null
    on conflict do nothing
  )
  update echo set planned_at = $2 from picked where echo.id = picked.id returning echo.id`;

/**
 * The next range that nobody works on, in turns as those of revisions. Taking it keeps out whoever erases an account or a
 * destination. $1 key of that lock. Index: echo_range_turn.
 */
const TAKE_ECHO_RANGE = `
  select r.echo_id as "echoId", e.revision_id as "revisionId", r.number, r.from_account as "fromAccount",
    r.until_account as "untilAccount",
    r.number > 0 or exists (select from echo_range other where other.echo_id = r.echo_id and other.number > 0) as "isBulk",
    pg_advisory_xact_lock_shared($1) as locked
  from echo_range r join echo e on e.id = r.echo_id
  order by r.number, r.echo_id limit 1 for update of r skip locked`;

/**
 * Makes the deliveries of one range and drops it: one for each destination that was told of one of the changes, or is being
 * told at this moment. Where the destination is not at work it is cancelled, so that it can be
 * recovered: but for reminders, which would come too late. Whether it was told in the end, and what of it is muted, is asked again when it is sent.
 * The lock on the range makes it run once, and the unique key of deliveries stands behind it.
 * $1 echo, $2 revision, $3 from account, $4 until account, $5 now, $6 tiers that hold every channel, $7 whether the parcels
 * are bulk. Indexes: alert's and delivery's unique keys, primary keys.
 */
const ECHO_RANGE = `
  with told as materialized (
    select al.id as alert_id, al.account_id, t.id as destination_id, d.lane, t.status
    from echo e
    join alert al on al.revision_id = $2 and al.account_id >= $3 and al.account_id < $4 and al.change_ids && e.change_ids
    join account a on a.id = al.account_id
    join delivery d on d.alert_id = al.id and d.kind = 'alert'
    join destination t on t.id = d.destination_id and (t.status = 'active' or t.status <> 'pending' and e.kind <> 'reminder')
      and (a.tier = any ($6) or t.kind = 'email' and lower(t.settings ->> 'address') = lower(a.email))
    cross join lateral told_by(e.id, al.id, t.id) by
    where e.id = $1 and by.state <> 'untold'
  ), packed as materialized (
    select lane, nextval('parcel_id_seq') as parcel_id from (select distinct lane from told where status = 'active') lanes
  ), made as (
    insert into delivery (alert_id, echo_id, account_id, destination_id, kind, lane, state, reason, parcel_id, due_at, created_at)
    select t.alert_id, $1, t.account_id, t.destination_id, 'echo', t.lane,
      case when t.status = 'active' then 'due' else 'cancelled' end,
      case when t.status <> 'active' then 'the destination was ' || t.status end,
      case when t.status = 'active' then p.parcel_id end, $5::timestamptz, $5::timestamptz
    from told t left join packed p on p.lane = t.lane
    on conflict do nothing
    returning id, parcel_id
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at)
    select parcel_id, lane, $7, min(id), max(id), $5 from made join packed using (parcel_id) group by parcel_id, lane
  ), dropped as (
    delete from echo_range where echo_id = $1 and from_account = $3
  )
  select array(select lane from packed) as lanes, (select count(*)::integer from made where parcel_id is not null) as deliveries`;

export type EchoRange = {
  echoId: string;
  revisionId: RevisionId;
  number: number;
  fromAccount: string;
  untilAccount: string;
  isBulk: boolean;
};

/** @returns the echo whose ranges are planned now, or null when none can be */
export async function planEcho(sql: Sql, alertsARange: number, now: Date): Promise<string | null> {
  const [echo] = await sql.query<{ id: string }>(PLAN_ECHO, [alertsARange, now]);
  return echo?.id ?? null;
}

export async function takeEchoRange(tx: Transaction): Promise<EchoRange | null> {
  const [row] = await tx.query<EchoRange & { locked: unknown }>(TAKE_ECHO_RANGE, [advisoryLocks.erasure]);
  if (!row) return null;
  const { locked: _locked, ...range } = row;
  return range;
}

/** @param tiers those that hold every channel @returns how many deliveries are due, and their lanes */
export async function echoRange(
  tx: Transaction,
  range: EchoRange,
  now: Date,
  tiers: readonly string[],
): Promise<{ deliveries: number; lanes: string[] }> {
  const { echoId, revisionId, fromAccount, untilAccount, isBulk } = range;
  const [made] = await tx.query<{ deliveries: number; lanes: string[] }>(ECHO_RANGE, [
    echoId,
    revisionId,
    fromAccount,
    untilAccount,
    now,
    tiers,
    isBulk,
  ]);
  return made ?? { deliveries: 0, lanes: [] };
}
