import type { RevisionId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';

/** The next settled revision nobody has planned yet. $1 none. Index: revision_to_plan. */
const TAKE_REVISION_TO_PLAN = `
  select id from revision
  where settled_at is not null and planned_at is null
  order by settled_at limit 1 for update skip locked`;

/**
 * Cuts the followers of a revision into ranges of accounts, each about $2 accounts large, so that transactions stay
 * short and several workers share a big revision. $1 revision, $2 accounts a range. Index: follow_match.
 */
const PLAN_RANGES = `
  with follower as (
    select distinct f.account_id
    from change c join change_subject s on s.change_id = c.id
    join follow f on f.kind = s.kind and f.key = s.key
    where c.revision_id = $1 and not c.late and not c.silent
  ), numbered as (
    select account_id, row_number() over (order by account_id) as number from follower
  ), boundary as (
    select account_id, lead(account_id) over (order by account_id) as next from numbered where number % $2 = 1 or $2 = 1
  )
  insert into fan_out_range (revision_id, from_account, until_account)
  select $1, account_id, coalesce(next, 9223372036854775807) from boundary
  on conflict do nothing`;

/** $1 revision, $2 now. */
const MARK_PLANNED = `update revision set planned_at = $2 where id = $1`;

/** $1 none. */
const TAKE_RANGE = `
  select revision_id as "revisionId", from_account as "fromAccount", until_account as "untilAccount"
  from fan_out_range order by revision_id, from_account limit 1 for update skip locked`;

/**
 * Matches one range and fans it out: an alert for each account whose watchlists want changes of the revision, and a
 * delivery for each destination of its instant watchlists. A destination that is paused or disabled gets its delivery
 * cancelled, so that it can be recovered. Driven from follow_match; safe to repeat by the unique keys.
 * $1 revision, $2 from account, $3 until account, $4 now, $5 tiers that hold instant alerts, $6 tiers that hold every
 * channel.
 */
const FAN_OUT_RANGE = `
  with hit as (
    select distinct f.account_id, f.watchlist_id, c.id as change_id
    from change c join change_subject s on s.change_id = c.id
    join follow f on f.kind = s.kind and f.key = s.key and f.account_id >= $2 and f.account_id < $3
    join watchlist w on w.id = f.watchlist_id
    where c.revision_id = $1 and not c.late and not c.silent and rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
        c.before_rank, c.after_rank, c.kind, c.changed_words)
  ), made as (
    insert into alert (revision_id, account_id, change_ids, watchlist_ids, created_at)
    select $1, account_id, array_agg(distinct change_id), array_agg(distinct watchlist_id), $4
    from hit group by account_id
    on conflict (revision_id, account_id) do nothing
    returning id, account_id, watchlist_ids
  ), sent as (
    insert into delivery (alert_id, account_id, destination_id, lane, state, reason, due_at, created_at)
    select distinct m.id, m.account_id, d.id, d.kind,
      case when d.status = 'active' then 'due' else 'cancelled' end,
      case when d.status = 'active' then null else 'the destination was ' || d.status end,
      $4::timestamptz, $4::timestamptz
    from made m
    join account a on a.id = m.account_id and a.tier = any ($5)
    join watchlist w on w.id = any (m.watchlist_ids) and w.mode = 'instant'
    join watchlist_destination wd on wd.watchlist_id = w.id
    join destination d on d.id = wd.destination_id and d.status <> 'pending'
      and (a.tier = any ($6) or d.kind = 'email' and lower(d.settings ->> 'address') = lower(a.email))
    on conflict (alert_id, destination_id) do nothing
    returning lane
  )
  select (select count(*)::integer from made) as alerts, array(select distinct lane from sent) as lanes`;

/** $1 revision, $2 from account. */
const DROP_RANGE = `delete from fan_out_range where revision_id = $1 and from_account = $2`;

export type FanOutRange = { revisionId: RevisionId; fromAccount: string; untilAccount: string };

/** @returns the revision whose ranges are planned now, or null when none waits */
export async function planNext(
  tx: Transaction,
  accountsARange: number,
  now: Date,
): Promise<RevisionId | null> {
  const [revision] = await tx.query<{ id: RevisionId }>(TAKE_REVISION_TO_PLAN);
  if (!revision) return null;
  await tx.execute(PLAN_RANGES, [revision.id, accountsARange]);
  await tx.execute(MARK_PLANNED, [revision.id, now]);
  return revision.id;
}

export async function takeRange(tx: Transaction): Promise<FanOutRange | null> {
  const [range] = await tx.query<FanOutRange>(TAKE_RANGE);
  return range ?? null;
}

/** @returns how many alerts were made, and the lanes that have deliveries now */
export async function fanOutRange(
  tx: Transaction,
  range: FanOutRange,
  now: Date,
  tiers: { instant: readonly string[]; everyChannel: readonly string[] },
): Promise<{ alerts: number; lanes: string[] }> {
  const [made] = await tx.query<{ alerts: number; lanes: string[] }>(FAN_OUT_RANGE, [
    range.revisionId,
    range.fromAccount,
    range.untilAccount,
    now,
    tiers.instant,
    tiers.everyChannel,
  ]);
  await tx.execute(DROP_RANGE, [range.revisionId, range.fromAccount]);
  return made ?? { alerts: 0, lanes: [] };
}
