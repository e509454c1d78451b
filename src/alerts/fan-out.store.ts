import type { RevisionId } from '../domain/ids.js';
import { advisoryLocks } from '../platform/advisory-locks.js';
import type { Sql, Transaction } from '../platform/database.js';

/**
 * Takes the next settled revision that nobody has planned and cuts its followers into numbered ranges of accounts, with at
 * most $1 follows of each of its subjects in a range, so that transactions stay short and several workers share a big
 * revision. Walks from cut to cut along the index and sorts nothing. One statement: round trips add up while a process is
 * busy. $1 follows a range, $2 now. Indexes: revision_to_plan, follow_match.
 *
 * Subjects are compared as rows, from the one end to the other, and named in the order: with plain equality their order counts
 * as given, and where most follow one thing the planner looks for the first follower of another along follow_account: through
 * all of them, 1.8 s of a million for a revision that nobody follows.
 */
const PLAN_NEXT = `
  with recursive picked as materialized (
    select id from revision
    where settled_at is not null and planned_at is null
    order by settled_at limit 1 for update skip locked
  ), subject as materialized (
    select distinct s.kind, s.key from picked
    join change c on c.revision_id = picked.id and not c.late and not c.silent and c.verdict in ('news', 'flapping')
      and c.undone_by is null and c.retracted_at is null
    join change_subject s on s.change_id = c.id
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
    insert into fan_out_range (revision_id, number, from_account, until_account)
    select picked.id, number, account_id, coalesce(lead(account_id) over (order by number), 9223372036854775807)
    from cut cross join picked where account_id is not null
    on conflict do nothing
  )
  update revision set planned_at = $2 from picked where revision.id = picked.id returning revision.id`;

/**
 * The next range that nobody works on. In turns: the first range of a small revision goes before the later ones of a big
 * one. Taking it keeps out whoever erases an account or a destination; see eraseDeliveries.
 *
 * Where most accounts of a range follow, its transaction is told to do without nested loops: it reads the range of each table
 * from one end to the other, which costs a fraction of a lookup a row. The planner can't know, since it sees no sizes of what
 * the statement itself makes. $1 key of that lock, $2 widest range of account ids that counts as dense.
 * Index: fan_out_range_turn.
 */
const TAKE_RANGE = `
  select r.revision_id as "revisionId", r.number, r.from_account as "fromAccount", r.until_account as "untilAccount",
    r.number > 0 or exists (select from fan_out_range other where other.revision_id = r.revision_id and other.number > 0)
      as "isBulk", pg_advisory_xact_lock_shared($1) as locked,
    set_config('enable_nestloop', case when r.until_account - r.from_account <= $2 then 'off' else 'on' end, true) as loops
  from fan_out_range r order by r.number, r.revision_id limit 1 for update of r skip locked`;

/**
 * Matches one range, fans it out and drops it: an alert for each account whose watchlists want changes of the revision, a delivery
 * for each destination of its instant watchlists, and a parcel of them for each lane. A destination that is paused or
 * disabled gets its delivery cancelled, so that it can be recovered.
 *
 * An account that got $8 alerts of revisions of the last minute is in a storm: of lanes that people read, its deliveries
 * are cancelled too, in favour of one summary for each destination, due a minute later. Nothing is counted unless so many
 * revisions were planned in that minute.
 *
 * What is fanned out once more tells what is to be told anew, and those alone who followed it the first time.
 *
 * What went back, was retracted or flaps makes nothing: whoever was told of it before hears of it by an echo. A snoozed watchlist wants nothing. What an account has
 * muted makes nothing for it. Mutes are looked up once for the range, from the revision's subjects on: with
 * none, a row costs a look into an empty hash table. By way of arrays, since the planner hashes no more pairs than it expects
 * to fit into memory, and of arrays it always expects few.
 *
 * Every base table is joined by a unique key or within the range of accounts, follows and mutes always by their subject first:
 * whatever the planner thinks of the sizes, no plan is worse than a lookup a row. Inserts without ON CONFLICT, which would cost half as much again: the lock on the
 * range makes it run once, those who have the alert already are left out, and the unique keys stand behind both.
 * $1 revision, $2 from account, $3 until account, $4 now, $5 tiers that hold instant alerts, $6 tiers that hold every
 * channel, $7 whether the parcels are bulk, $8 cap, $9 lanes that are summed up.
 * Says whether any of the watchlists waits, for a digest or until a change has stood: then GATHER_RANGE has more to do.
 * Indexes: follow_match, mute_match, watchlist_account, destination_account, revision_planned, bundle_open.
 */
const FAN_OUT_RANGE = `
  with muted as materialized (
    select m.account_id, c.id as change_id
    from change c
    join change_subject s on s.change_id = c.id
    cross join lateral (
      select account_id from mute
      where kind = s.kind and key = s.key and account_id >= $2 and account_id < $3 and (until is null or until > $4) offset 0) m
    where c.revision_id = $1
  ), hit as (
    select f.account_id, f.watchlist_id, c.id as change_id,
      case when w.mode = 'instant' and w.confirm_after is null then w.id end as instant_id
    from change c
    join change_subject s on s.change_id = c.id
    cross join lateral (
      select account_id, watchlist_id from follow
      where kind = s.kind and key = s.key and account_id >= $2 and account_id < $3 offset 0) f
    join watchlist w on w.id = f.watchlist_id and w.account_id >= $2 and w.account_id < $3
    where c.revision_id = $1 and not c.late and not c.silent and c.verdict in ('news', 'flapping')
      and c.undone_by is null and c.retracted_at is null
      and case when (w.snoozed_until is null or w.snoozed_until <= $4)
        and rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
        c.before_rank, c.after_rank, c.kind, c.changed_words)
        and (select retold_ids is null or c.id = any (retold_ids) from revision where id = $1)
        and case when (select first_planned_at is null from revision where id = $1) then true else exists (
          select from follow o where o.watchlist_id = f.watchlist_id and o.kind = s.kind and o.key = s.key
            and o.since <= (select first_planned_at from revision where id = $1)) end
        then true else false end
      and (f.account_id, c.id) not in (select * from unnest(
        (select array_agg(account_id) from muted), (select array_agg(change_id) from muted)))
  ), matched as materialized (
    select nextval('alert_id_seq') as id, account_id, a.tier, a.email,
      case when hits = 1 then change_ids else array(select distinct unnest(change_ids) order by 1) end as change_ids,
      case when hits = 1 then watchlist_ids else array(select distinct unnest(watchlist_ids) order by 1) end as watchlist_ids,
      array(select distinct destination_id from watchlist_destination where watchlist_id = any (instant_ids)) as destination_ids,
      instants < hits as gathers
    from (
      select account_id, count(*) as hits, count(instant_id) as instants, array_agg(change_id) as change_ids, array_agg(watchlist_id) as watchlist_ids,
        array_agg(instant_id) as instant_ids
      from hit group by account_id) account_hits
    join account a on a.id = account_id and a.id >= $2 and a.id < $3
    where account_id not in (
      select account_id from alert where revision_id = $1 and account_id >= $2 and account_id < $3)
  ), made as (
    insert into alert (id, revision_id, account_id, change_ids, watchlist_ids, created_at) overriding system value
    select id, $1, account_id, change_ids, watchlist_ids, $4 from matched
  ), stormy as materialized (
    select al.account_id from revision r
    join alert al on al.revision_id = r.id and al.account_id >= $2 and al.account_id < $3
    where r.planned_at > $4::timestamptz - interval '1 minute' and (
      select count(*) from (select from revision
        where planned_at > $4::timestamptz - interval '1 minute' limit $8::bigint) planned) >= $8
    group by al.account_id having count(*) >= $8
  ), sending as materialized (
    select m.id as alert_id, m.account_id, d.id as destination_id, d.kind as lane, d.status,
      d.kind = any ($9) and m.account_id in (select account_id from stormy) and d.status = 'active' as capped
    from (select id, account_id, tier, email, unnest(destination_ids) as wanted from matched where tier = any ($5)) m
    join destination d on d.id = m.wanted and d.account_id >= $2 and d.account_id < $3 and d.status <> 'pending'
      and (m.tier = any ($6) or d.kind = 'email' and lower(d.settings ->> 'address') = lower(m.email))
  ), storming as (
    insert into bundle (delivery_id, destination_id, account_id, began_at)
    select nextval('delivery_id_seq'), destination_id, account_id, $4 from sending where capped order by destination_id
    on conflict (destination_id, kind, cadence) where ended_at is null do update set began_at = bundle.began_at
    returning delivery_id, destination_id, account_id, xmax = 0 as is_new
  ), packed as materialized (
    select lane, nextval('parcel_id_seq') as parcel_id
    from (select distinct lane from sending where status = 'active' and not capped) lanes
  ), sent as (
    insert into delivery (alert_id, account_id, destination_id, lane, state, reason, summary_id, parcel_id, due_at,
      created_at)
    select s.alert_id, s.account_id, s.destination_id, s.lane,
      case when s.status = 'active' and not s.capped then 'due' else 'cancelled' end,
      case when s.capped then 'more than ' || $8 || ' alerts within a minute: told in one summary'
        when s.status <> 'active' then 'the destination was ' || s.status end,
      u.delivery_id, case when s.status = 'active' and not s.capped then p.parcel_id end, $4::timestamptz, $4::timestamptz
    from sending s left join packed p on p.lane = s.lane
    left join storming u on s.capped and u.destination_id = s.destination_id
    returning id, parcel_id
  ), summaries as (
    insert into delivery (id, account_id, destination_id, kind, lane, parcel_id, due_at, created_at)
    overriding system value
    select delivery_id, account_id, destination_id, 'summary', (select kind from destination d where d.id = destination_id),
      nextval('parcel_id_seq'), $4::timestamptz + interval '1 minute', $4::timestamptz
    from storming where is_new
    returning id, lane, parcel_id, due_at
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at)
    select parcel_id, lane, $7, min(id), max(id), $4 from sent join packed using (parcel_id) group by parcel_id, lane
    union all
    select parcel_id, lane, false, id, id, due_at from summaries
  ), dropped as (
    delete from fan_out_range where revision_id = $1 and from_account = $2
  )
  select (select count(*)::integer from matched) as alerts, array(select lane from packed) as lanes,
    (select count(*)::integer from sent where parcel_id is not null) as deliveries,
    exists (select from matched where gathers) as gathers`;

/** Account ids that the followers of a dense range spread over: a follow for every fourth, at least. */
const densestRange = 20_000;

export type FanOutRange = {
  revisionId: RevisionId;
  /** The range's place among those of its revision, from 0. */
  number: number;
  fromAccount: string;
  untilAccount: string;
  /** Whether the revision has more ranges than this one: its deliveries must not hold up those of small ones. */
  isBulk: boolean;
};

export type FanOutTerms = {
  /** Tiers that hold instant alerts, and those that hold every channel. */
  instantTiers: readonly string[];
  everyChannelTiers: readonly string[];
  /** Alerts of one account within a minute after which it is in a storm. */
  alertsAMinute: number;
  /** Lanes of channels that people read. */
  summedUpLanes: readonly string[];
};

/** @returns the revision whose ranges are planned now, or null when none waits */
export async function planNext(sql: Sql, followsARange: number, now: Date): Promise<RevisionId | null> {
  const [revision] = await sql.query<{ id: RevisionId }>(PLAN_NEXT, [followsARange, now]);
  return revision?.id ?? null;
}

export async function takeRange(tx: Transaction): Promise<FanOutRange | null> {
  const [row] = await tx.query<FanOutRange & { locked: unknown; loops: unknown }>(TAKE_RANGE, [
    advisoryLocks.erasure,
    densestRange,
  ]);
  if (!row) return null;
  const { locked: _locked, loops: _loops, ...range } = row;
  return range;
}

/** What became of a range: how many deliveries are due, and on which lanes; and whether there is anything to gather. */
export type FannedOut = { alerts: number; deliveries: number; lanes: string[]; gathers: boolean };

export async function fanOutRange(
  tx: Transaction,
  range: FanOutRange,
  now: Date,
  terms: FanOutTerms,
): Promise<FannedOut> {
  const [made] = await tx.query<FannedOut>(FAN_OUT_RANGE, [
    range.revisionId,
    range.fromAccount,
    range.untilAccount,
    now,
    terms.instantTiers,
    terms.everyChannelTiers,
    range.isBulk,
    terms.alertsAMinute,
    terms.summedUpLanes,
  ]);
  return made ?? { alerts: 0, deliveries: 0, lanes: [], gathers: false };
}
