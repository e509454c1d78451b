import type { AccountId, RevisionId, WatchlistId } from '../domain/ids.js';
import type { QuietHours } from '../domain/quiet-hours.js';
import type { Sql } from '../platform/database.js';
import type { FanOutTerms } from './fan-out.store.js';
import type { HeldCadences } from './gather.store.js';

/**
 * Where the next range of followers ends: at most $4 follows of each subject lie before it, as in PLAN_NEXT.
 * $1 kinds, $2 keys, $3 from account, $4 follows a range. Index: follow_match.
 */
const NEXT_CUT = `
  select min(next.account_id) as until from unnest($1::text[], $2::text[]) as s (kind, key)
  cross join lateral (
    select f.account_id from follow f
    where (f.kind, f.key, f.account_id) >= (s.kind, s.key, $3::bigint) and (f.kind, f.key) <= (s.kind, s.key)
    order by f.kind, f.key, f.account_id offset $4::integer limit 1) next`;

/**
 * What FAN_OUT_RANGE and GATHER_RANGE would make for one range of accounts, counted and not made: the same joins by the same
 * conditions in the same order, over changes that are given instead of kept. It locks and writes nothing. A property test holds it
 * to what those two do.
 *
 * Who follows a change and hears nothing is counted under the reason that came nearest to hearing of it; who is alerted and gets
 * nothing sent, under `tier` or `destination`. $1 changes, $2 their subjects, $3 revision, $4 from account, $5 until account, $6 now,
 * $7 when the revision was first planned or null, $8 tiers that hold instant alerts, $9 tiers that hold every channel, $10 cap, $11
 * lanes that are summed up, $12 tiers and $13 modes: which tier holds which cadence, $14 how many accounts to name.
 * Indexes: follow_match, mute_match, watchlist_account, destination_account, revision_planned, the unique key of alert.
 */
const REACH_RANGE = `
  with news as materialized (
    select * from jsonb_to_recordset($1::jsonb) as given (id bigint, "beforeRank" smallint, "afterRank" smallint, kind text,
      "changedWords" tsvector, time timestamptz)
  ), subject as materialized (
    select * from jsonb_to_recordset($2::jsonb) as given ("changeId" bigint, kind text, key text)
  ), muted as materialized (
    select m.account_id, s."changeId" as change_id
    from subject s
    cross join lateral (
      select account_id from mute
      where kind = s.kind and key = s.key and account_id >= $4 and account_id < $5 and (until is null or until > $6) offset 0) m
  ), followed as materialized (
    select f.account_id, f.watchlist_id, c.id as change_id, c.time, greatest(c."beforeRank", c."afterRank") as rank,
      case when w.mode = 'instant' and w.confirm_after is null then w.id end as instant_id,
      case
        when not rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
          c."beforeRank", c."afterRank", c.kind, c."changedWords")
          then (rule_reasons(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
            c."beforeRank", c."afterRank", c.kind, c."changedWords"))[1]
        when w.snoozed_until > $6 then 'snoozed'
        when (f.account_id, c.id) in (select * from unnest(
          (select array_agg(account_id) from muted), (select array_agg(change_id) from muted))) then 'muted'
      end as against
    from subject s
    join news c on c.id = s."changeId"
    cross join lateral (
      select account_id, watchlist_id from follow
      where kind = s.kind and key = s.key and account_id >= $4 and account_id < $5
        and ($7::timestamptz is null or since <= $7) offset 0) f
    join watchlist w on w.id = f.watchlist_id and w.account_id >= $4 and w.account_id < $5
    where f.account_id not in (
      select account_id from alert where revision_id = $3 and account_id >= $4 and account_id < $5)
  ), by_account as materialized (
    select account_id,
      array_agg(distinct watchlist_id) filter (where against is null) as watchlist_ids,
      array_agg(distinct change_id) filter (where against is null) as change_ids,
      array_agg(instant_id) filter (where against is null) as instant_ids,
      bool_or(against is null and instant_id is null) as gathers,
      max(rank) filter (where against is null) as rank,
      max(time) filter (where against is null) as changed_at,
      min(array_position(array['snoozed', 'muted', 'keywords', 'min-change', 'direction', 'severity', 'kind', 'cosmetic'],
        against)) as against
    from followed group by account_id
  ), matched as materialized (
    select m.*, a.tier, a.email, a.quiet_hours, a.time_zone
    from by_account m join account a on a.id = m.account_id and a.id >= $4 and a.id < $5
    where m.watchlist_ids is not null
  ), stormy as materialized (
    select al.account_id from revision r
    join alert al on al.revision_id = r.id and al.account_id >= $4 and al.account_id < $5
    where r.planned_at > $6::timestamptz - interval '1 minute' and (
      select count(*) from (select from revision
        where planned_at > $6::timestamptz - interval '1 minute' limit $10::bigint) planned) >= $10
    group by al.account_id having count(*) >= $10
  ), instantly as materialized (
    select m.account_id, d.id as destination_id, d.kind as lane, case
      when d.status <> 'active' then 'destination'
      when d.kind = any ($11) and m.account_id in (select account_id from stormy) then 'cap'
      else 'due' end as fate
    from (select account_id, tier, email, unnest(array(
        select distinct destination_id from watchlist_destination where watchlist_id = any (instant_ids))) as wanted
      from matched where tier = any ($8)) m
    join destination d on d.id = m.wanted and d.account_id >= $4 and d.account_id < $5 and d.status <> 'pending'
      and (m.tier = any ($9) or d.kind = 'email' and lower(d.settings ->> 'address') = lower(m.email))
  ), told as materialized (
    select array_agg(account_id) as accounts, array_agg(destination_id) as destinations from instantly
  ), later as materialized (
    select distinct on (m.account_id, d.id) m.account_id, d.kind as lane, case
      when w.mode <> 'instant' then w.mode when d.status <> 'active' then 'destination'
      when m.changed_at + w.confirm_after * interval '1 hour' <= $6 then 'due' else 'confirm' end as fate
    from matched m
    cross join lateral (
      select w.mode, w.cadence, w.confirm_after, wd.destination_id
      from watchlist w join watchlist_destination wd on wd.watchlist_id = w.id
      where w.id = any (m.watchlist_ids) and (w.mode <> 'instant' or w.confirm_after is not null) offset 0) w
    join unnest($12::text[], $13::text[]) as held (tier, mode) on held.tier = m.tier and held.mode = w.mode
    join destination d on d.id = w.destination_id and d.account_id >= $4 and d.account_id < $5 and d.status <> 'pending'
      and (m.tier = any ($9) or d.kind = 'email' and lower(d.settings ->> 'address') = lower(m.email))
    where m.gathers and (m.account_id, d.id) not in (select * from unnest(
      (select accounts from told), (select destinations from told)))
    order by m.account_id, d.id, array_position(array['instant', 'hourly', 'daily', 'weekly'], w.mode), w.confirm_after,
      (array_position(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
        w.cadence ->> 'on') - extract(isodow from $6::timestamptz at time zone m.time_zone)::integer + 7) % 7,
      (extract(epoch from (w.cadence ->> 'at')::time)
        - extract(epoch from ($6::timestamptz at time zone m.time_zone)::time) + 86400)::numeric % 86400,
      w.cadence
  ), sent as materialized (
    select account_id, lane, fate from instantly union all select account_id, lane, fate from later
  )
  select 'alerts' as what, count(*)::integer as count, null as lane, null as fate, null::jsonb as "quietHours",
    null as "timeZone", null::smallint as rank, null::bigint as "accountId", null as email, null as tier,
    null::bigint[] as "watchlistIds", null::bigint[] as "changeIds"
  from matched
  union all
  select 'delivery', count(*)::integer, s.lane, s.fate, m.quiet_hours,
    case when m.quiet_hours is not null then m.time_zone end, case when m.quiet_hours is not null then m.rank end,
    null, null, null, null, null
  from sent s join matched m using (account_id)
  group by s.lane, s.fate, m.quiet_hours, 6, 7
  union all
  select 'silent', count(*)::integer, null,
    (array['snoozed', 'muted', 'keywords', 'min-change', 'direction', 'severity', 'kind', 'cosmetic'])[against],
    null, null, null, null, null, null, null, null
  from by_account where watchlist_ids is null group by against
  union all
  select 'silent', count(*)::integer, null, fate, null, null, null, null, null, null, null, null
  from (select case when exists (
      select from watchlist_destination wd join destination d on d.id = wd.destination_id
      where wd.watchlist_id = any (m.watchlist_ids) and d.status <> 'pending') then 'tier' else 'destination' end as fate
    from matched m where account_id not in (select account_id from sent)) unsent
  group by fate
  union all
  (select 'account', null, null, null, null, null, rank, account_id, email, tier, watchlist_ids, change_ids
  from matched order by account_id limit $14)`;

/** By what watchlists follow, of those that matched. $1 watchlists, $2 kinds and $3 keys of the subjects. Index: the primary keys. */
const NAME_WATCHLISTS = `
  select w.id, w.name, w.mode, w.confirm_after as "confirmAfter",
    array(select f.kind || case when f.key = '*' then '' else ' ' || f.key end from follow f
      join unnest($2::text[], $3::text[]) as s (kind, key) on s.kind = f.kind and s.key = f.key
      where f.watchlist_id = w.id order by 1) as follows
  from watchlist w where w.id = any ($1::bigint[])`;

/** A change that is not kept, as far as matching looks at it. */
export type MatchableChange = {
  id: string;
  beforeRank: number;
  afterRank: number;
  kind: string;
  /** A tsvector, as PostgreSQL writes it. */
  changedWords: string;
  time: Date;
  subjects: readonly { kind: string; key: string }[];
};

export type ReachedRevision = {
  revisionId: RevisionId;
  /** Of a revision that is fanned out once more: when it was first, for those who followed then. */
  firstPlannedAt: Date | null;
  changes: readonly MatchableChange[];
};

export type ReachTerms = FanOutTerms & { heldCadences: HeldCadences };

export type ReachRow =
  | { what: 'alerts'; count: number }
  | {
      what: 'delivery';
      count: number;
      lane: string;
      /** `due` at once, `confirm`: once the change has stood, a digest's mode, or why it is not sent: `cap`, `destination`. */
      fate: string;
      quietHours: QuietHours | null;
      timeZone: string | null;
      rank: number | null;
    }
  | { what: 'silent'; count: number; fate: string }
  | {
      what: 'account';
      accountId: AccountId;
      email: string;
      tier: string;
      rank: number;
      watchlistIds: WatchlistId[];
      changeIds: string[];
    };

export type NamedWatchlist = {
  id: WatchlistId;
  name: string;
  mode: string;
  confirmAfter: number | null;
  follows: string[];
};

/** The last account of all, and none of them. */
export const endOfAccounts = '9223372036854775807';

export async function nextCut(
  sql: Sql,
  subjects: readonly { kind: string; key: string }[],
  from: string,
  followsARange: number,
): Promise<string> {
  const [row] = await sql.query<{ until: string | null }>(NEXT_CUT, [
    subjects.map(({ kind }) => kind),
    subjects.map(({ key }) => key),
    from,
    followsARange,
  ]);
  return row?.until ?? endOfAccounts;
}

export async function reachRange(
  sql: Sql,
  { revisionId, firstPlannedAt, changes }: ReachedRevision,
  range: { from: string; until: string; now: Date; named: number },
  terms: ReachTerms,
): Promise<ReachRow[]> {
  return sql.query<ReachRow>(REACH_RANGE, [
    JSON.stringify(changes.map(({ subjects: _, ...change }) => change)),
    JSON.stringify(
      changes.flatMap(({ id, subjects }) => subjects.map((subject) => ({ changeId: id, ...subject }))),
    ),
    revisionId,
    range.from,
    range.until,
    range.now,
    firstPlannedAt,
    terms.instantTiers,
    terms.everyChannelTiers,
    terms.alertsAMinute,
    terms.summedUpLanes,
    terms.heldCadences.map(({ tier }) => tier),
    terms.heldCadences.map(({ mode }) => mode),
    range.named,
  ]);
}

export async function nameWatchlists(
  sql: Sql,
  ids: readonly WatchlistId[],
  subjects: readonly { kind: string; key: string }[],
): Promise<NamedWatchlist[]> {
  return sql.query<NamedWatchlist>(NAME_WATCHLISTS, [
    ids,
    subjects.map(({ kind }) => kind),
    subjects.map(({ key }) => key),
  ]);
}
