import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { FollowKind } from '../domain/follow.js';
import type { AccountId, AlertId, ChangeId, WatchlistId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { SilenceReason } from '../domain/silence.js';
import type { Sql } from '../platform/database.js';

/**
 * What became of changes for an account, by watchlist: of one change ($2), or else of those that followed a subject of its
 * watchlists since these follow it and were not told, newest first. Nothing is written for it when alerts are made: it is read out of
 * what the ledger holds anyway. Each page looks at a bounded number of changes, whatever the account follows and whatever is filtered:
 *
 * - `bound` finds, by halves, the first change that is young enough for any follow; ids grow with the time of receipt but for moments,
 *   for which ten minutes are left.
 * - `newest` has the newest change of each follow, `deep` goes down from those that are newest of all, as far as no other follow can
 *   have a change in between. So all changes are there that are followed, down to where some follow was cut off: `until`, where the
 *   next page begins. `depth` is how many: fewer for many watchlists, each of which is asked.
 * - `followed` looks up the subjects of each change that is looked at: from the follows on, all changes of each would be read.
 * - `ruled` asks each watchlist's rule. What was muted and snoozed is asked as of the time when it was decided: when the alert was
 *   made, or would have been.
 * - `sent` asks of each delivery of the alert why it left the change out: see left_out, which takes half a millisecond and is spared
 *   what most are, delivered whole. `told` are those of which some delivery arrived or is under way, a digest included. A summary
 *   tells of an alert, not the change.
 * - `ended` says how the alert fared at each destination of the watchlist.
 *
 * At least one row, with nothing but `until` when nothing was found. $1 account, $2 change or null, $3 before this change or null, $4
 * received since or null, $5 reason or null, $6 entity or null, $7 document or null, $8 limit, $9 most changes to look at, $10 now, $11
 * cadences that the tier holds, $12 whether it holds every channel, $13 watchlist or null. Indexes: follow_account, change_subject_newest,
 * change_entity, change_document, primary keys, follow_match, the unique key of alert, delivery_alert, retraction_change.
 */
const JUDGE = `
  with recursive bound (low, high, earliest) as (
    select 0::bigint, (select coalesce(max(id), 0) from change), greatest($4::timestamptz,
      (select min(since) from follow where account_id = $1)) - interval '10 minutes'
    union all
    select case when is_young then low else middle end, case when is_young then middle else high end, earliest
    from (select *, (low + high) / 2 as middle from bound where high - low > 1) half
    cross join lateral (select coalesce((select c.received_at >= half.earliest from change c
      where c.id > half.middle order by c.id limit 1), true) as is_young) probe
  ), floor as materialized (
    select max(low) as id from bound
  ), depth as materialized (
    select greatest(20, least($9::integer, 6000 / greatest(count(*), 1)))::integer as most from watchlist where account_id = $1
  ), newest as materialized (
    select f.kind, f.key, last.change_id
    from (select distinct kind, key from follow
      where account_id = $1 and ($13::bigint is null or watchlist_id = $13)) f
    cross join lateral (
      select s.change_id from change_subject s
      where s.kind = f.kind and s.key = f.key and s.change_id < coalesce($3::bigint, 9223372036854775807)
        and s.change_id > (select id from floor)
      order by s.change_id desc limit 1) last
    where $2::bigint is null and $6::text is null and $7::text is null
    order by last.change_id desc limit (select most + 1 from depth)
  ), reach as materialized (
    select greatest((select id from floor),
      (select change_id from newest order by change_id desc offset (select most from depth) limit 1)) as id
  ), deep as materialized (
    select array(select s.change_id from change_subject s
      where s.kind = n.kind and s.key = n.key and s.change_id <= n.change_id and s.change_id > (select id from reach)
      order by s.change_id desc limit (select most from depth)) as ids
    from newest n where n.change_id > (select id from reach)
    union all
    select array(select id from change
      where $2 is null and $7 is null and entity_id = $6 and id < coalesce($3, 9223372036854775807)
        and id > (select id from floor)
      order by id desc limit (select most from depth))
    union all
    select array(select id from change
      where $2 is null and document_id = $7 and ($6 is null or entity_id = $6)
        and id < coalesce($3, 9223372036854775807) and id > (select id from floor)
      order by id desc limit (select most from depth))
  ), cut as materialized (
    select greatest((select max(ids[most]) from deep cross join depth),
      (select change_id + 1 from newest order by change_id desc offset (select most from depth) limit 1)) as until
  ), looked as materialized (
    (select distinct change_id from deep cross join unnest(ids) as its (change_id)
      where change_id >= coalesce((select until from cut), 0)
      order by change_id desc limit (select most from depth))
    union all
    select $2 where $2 is not null
  ), page_end as materialized (
    select case when (select count(*) from looked) >= (select most from depth) then (select min(change_id) from looked)
      else (select until from cut) end as until
  ), followed as materialized (
    select s.change_id, f.watchlist_id, min(f.since) as since,
      jsonb_agg(jsonb_build_object('kind', f.kind, 'key', f.key, 'since', f.since) order by f.kind, f.key) as follows
    from looked l
    cross join lateral (select change_id, kind, key from change_subject where change_id = l.change_id offset 0) s
    join (select watchlist_id, kind, key, since from follow where account_id = $1 offset 0) f on f.kind = s.kind and f.key = s.key
    group by s.change_id, f.watchlist_id
  ), ruled as materialized (
    select fo.change_id, fo.watchlist_id, fo.follows, w.name, w.mode, w.snoozed_from, al.id as alert_id,
      al.created_at as alerted_at, al.change_ids, c.revision_id, c.received_at, fo.since <= c.received_at as in_time,
      r.planned_at, least(undoing.received_at, taken.at) as undone_at, case when c.retracted_at is null then 'reverted' else 'retracted' end as way_back,
      coalesce(al.change_ids @> array[c.id], false) as in_alert,
      al.change_ids @> array[c.id] and al.watchlist_ids @> array[w.id] and wants.yes as led, wants.yes as wants,
      array_remove(array[case when c.silent then 'silent' end, case when c.late then 'late' end,
        case when c.verdict = 'quiet' then 'flapping' end,
        case when c.verdict = 'reverted' or undoing.received_at <= decided.at then 'reverted' end,
        case when taken.at <= decided.at then 'retracted' end], null) as of_change,
      case when wants.yes then '{}' else rule_reasons(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
        c.before_rank, c.after_rank, c.kind, c.changed_words) end as of_rule,
      array_remove(array[
        case when exists (select from change_subject s join mute m on m.account_id = $1 and m.kind = s.kind and m.key = s.key
          where s.change_id = c.id and m.since <= decided.at and (m.until is null or m.until > decided.at)) then 'muted' end,
        case when w.snoozed_from <= decided.at and w.snoozed_until > decided.at then 'snoozed' end], null) as of_account
    from followed fo
    join change c on c.id = fo.change_id
    join watchlist w on w.id = fo.watchlist_id
    join revision r on r.id = c.revision_id
    left join alert al on al.revision_id = c.revision_id and al.account_id = $1
    left join change undoing on undoing.id = c.undone_by
    cross join lateral (select case when c.retracted_at is not null then (
      select min(at) from retraction where change_id = c.id) end as at) taken
    cross join lateral (select coalesce(al.created_at, r.planned_at, $10) as at) decided
    cross join lateral (select rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
      c.before_rank, c.after_rank, c.kind, c.changed_words) as yes) wants
    where $2 is not null or fo.since <= c.received_at and ($4 is null or c.received_at >= $4)
  ), sent as materialized (
    select a.change_id, d.destination_id, case
      when d.state = 'due' or d.state = 'delivered' and t.delivery_id is null then null
      else left_out(d.id, a.change_id) end as reason
    from (select distinct change_id, alert_id from ruled where in_alert) a
    join delivery d on d.alert_id = a.alert_id and d.kind = 'alert'
    left join delivery_told t on t.delivery_id = d.id
  ), told as materialized (
    select distinct change_id from sent where reason is null
  ), ended as materialized (
    select change_id, jsonb_object_agg(watchlist_id, reasons) as by_watchlist from (
    select r.change_id, r.watchlist_id,
      coalesce(array_agg(distinct fate.reason) filter (where fate.reason is not null), '{}') as reasons
    from ruled r
    left join watchlist_destination wd on wd.watchlist_id = r.watchlist_id
    left join destination t on t.id = wd.destination_id
    left join sent d on d.change_id = r.change_id and d.destination_id = wd.destination_id
    cross join (select lower(email) as email from account where id = $1) a
    cross join lateral (select case
      when t.id is null then 'destination'
      when d.destination_id is null then case
        when not r.mode = any ($11) or not ($12 or t.kind = 'email' and lower(t.settings ->> 'address') = a.email) then 'tier'
        when t.status <> 'active' then 'destination'
        else 'changed' end
      when d.reason = 'unwanted' then case when r.snoozed_from >= r.alerted_at then 'snoozed' else 'changed' end
      else d.reason
      end as reason) fate
    where r.led
    group by r.change_id, r.watchlist_id) fates
    group by change_id
  ), judged as (
    select r.*, case
      when r.led then array(select jsonb_array_elements_text(e.by_watchlist -> r.watchlist_id::text))
      when cardinality(r.of_change || r.of_rule || r.of_account) > 0 then r.of_change || r.of_rule || r.of_account
      when not r.in_time then '{}'
      when r.planned_at is null or exists (select from fan_out_range g where g.revision_id = r.revision_id
        and g.from_account <= $1 and g.until_account > $1) then array['waiting']
      when r.undone_at is not null then array[r.way_back]
      else array['changed'] end as reasons
    from ruled r left join ended e on e.change_id = r.change_id
  ), item as (
    select change_id, bool_or(change_id in (select change_id from told)) as is_told,
      min(alert_id) filter (where in_alert) as alert_id,
      jsonb_agg(jsonb_build_object('id', watchlist_id::text, 'name', name, 'follows', follows, 'inTime', in_time,
        'wants', wants, 'led', coalesce(led, false), 'reasons', reasons) order by watchlist_id) as watchlists
    from judged where $2 is not null or change_id not in (select change_id from told)
    group by change_id
    having ($5::text is null and $13 is null)
      or bool_or(($5 is null or $5 = any (reasons)) and ($13 is null or watchlist_id = $13))
    order by change_id desc limit $8
  )
  select page_end.until, c.id, c.time, c.received_at as "receivedAt", c.kind, c.before_rank as "beforeRank",
    c.after_rank as "afterRank", c.labels, i.is_told as "isTold", i.alert_id as "alertId",
    i.watchlists
  from page_end left join item i on true left join change c on c.id = i.change_id
  order by c.id desc`;

/** What a watchlist that follows a change has to say to it. */
export type JudgedWatchlist = {
  id: WatchlistId;
  name: string;
  follows: { kind: FollowKind; key: string; since: string }[];
  /** Whether it followed already when the change came in. */
  inTime: boolean;
  /** Whether its rule, as it is now, wants the change. */
  wants: boolean;
  /** Whether the alert names it, for this change. */
  led: boolean;
  reasons: SilenceReason[];
};

export type ChangeInShort = {
  id: ChangeId;
  time: Date;
  receivedAt: Date;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  labels: ChangeLabels;
};

export type JudgedChange = ChangeInShort & {
  /** Whether some delivery of it arrived or is under way. */
  isTold: boolean;
  alertId: AlertId | null;
  watchlists: JudgedWatchlist[];
};

/** What of its tier decides. */
export type HeldByTier = { cadences: readonly string[]; everyChannel: boolean };

export type SuppressedFilters = {
  since: Date | null;
  reason: SilenceReason | null;
  entity: string | null;
  document: string | null;
  watchlist: string | null;
};

/** Changes that a page looks at, at most. */
const mostLookedAt = 300;

type Row = JudgedChange & { until: string | null };

/** @returns the changes, newest first, and below which one the list goes on; null at its end */
export async function listSuppressed(
  sql: Sql,
  accountId: AccountId,
  held: HeldByTier,
  page: SuppressedFilters & { before: string | null; limit: number; look?: number; now: Date },
): Promise<{ changes: JudgedChange[]; until: string | null }> {
  const { before, since, reason, entity, document, watchlist, limit, look = mostLookedAt, now } = page;
  const rows = await sql.query<Row>(JUDGE, [
    accountId,
    null,
    before,
    since,
    reason,
    entity,
    document,
    limit + 1,
    look,
    now,
    held.cadences,
    held.everyChannel,
    watchlist,
  ]);
  const changes = rows.filter(({ id }) => id !== null).slice(0, limit);
  const lastShown = rows.length > limit ? changes.at(-1) : undefined;
  return { changes, until: lastShown?.id ?? rows[0]?.until ?? null };
}

/** @returns null when none of the account's watchlists follows the change */
export async function judgeChange(
  sql: Sql,
  accountId: AccountId,
  held: HeldByTier,
  changeId: ChangeId,
  now: Date,
): Promise<JudgedChange | null> {
  const [row] = await sql.query<Row>(JUDGE, [
    accountId,
    changeId,
    null,
    null,
    null,
    null,
    null,
    1,
    2,
    now,
    held.cadences,
    held.everyChannel,
    null,
  ]);
  return row && row.id !== null ? row : null;
}
