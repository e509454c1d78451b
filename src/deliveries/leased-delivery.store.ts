import type { DeliveryKind } from '../domain/delivery-kind.js';
import type { AccountId, AlertId, DeliveryId, DestinationId, RevisionId } from '../domain/ids.js';
import type { QuietHours } from '../domain/quiet-hours.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/**
 * A page of what is left in leased parcels, with all that is needed to send it. `watchlists` are those that still want it:
 * not snoozed, still with this destination (whatever its cadence is by now: what it led to is told nowhere else), and, when the watchlist was changed since (or in the minute before: a change may
 * have been on its way when the alert was made) or one of the changes was undone or corrected, still following and wanting one of the changes. `changeIds` are those that
 * are not muted: looked at only when the account muted something since then, like the watchlists all are in that case.
 * Changes that were undone or retracted since are left out too, looked at only in a revision that has some. An echo has those of
 * its changes that were told at its destination.
 * $1 parcels, $2 ids after which to go on, $3 last ids, $4 limit a parcel, $5 now. Indexes: primary keys,
 * delivery_destination.
 */
const READ_PARCELS = `
  select d.id, d.parcel_id as "parcelId", d.kind, d.lane, d.tries, d.notice, d.created_at as "createdAt",
    d.tries = 0 and d.due_at = d.created_at as "isFresh",
    d.account_id as "accountId", a.tier, a.email,
    d.destination_id as "destinationId", t.kind as "destinationKind", t.status as "destinationStatus", t.settings, t.sealed,
    t.failing_since as "failingSince", al.id as "alertId", al.revision_id as "revisionId", wanted.change_ids as "changeIds",
    a.time_zone as "timeZone", a.quiet_hours as "quietHours", case when a.quiet_hours is not null then (
      select max(greatest(c.before_rank, c.after_rank)) from change c where c.id = any (case when d.kind <> 'summary'
        then wanted.change_ids else array(select unnest(said.change_ids) from delivery told join alert said on said.id = told.alert_id
          where told.destination_id = d.destination_id and told.summary_id = d.id) end)) end as "gravestRank",
    cardinality(al.change_ids) as "alertChanges", r.corrected_at as "correctedAt",
    coalesce(cardinality(wanted.change_ids) < cardinality(al.change_ids), false) as "isPart",
    coalesce(cardinality(wanted.change_ids) = 0 and cardinality(heard.change_ids) > 0, false) as "isUndone",
    d.kind = 'echo' and not exists (select from watchlist_destination wd
      where wd.watchlist_id = any (al.watchlist_ids) and wd.destination_id = d.destination_id) as "isTakenOff",
    d.echo_id as "echoId", case when d.kind = 'echo' then (
      select jsonb_build_object('state', state, 'deliveryId', delivery_id::text, 'dueAt', due_at)
      from told_by(d.echo_id, d.alert_id, d.destination_id)) end as "toldBy",
    coalesce((
      select jsonb_agg(jsonb_build_object('id', w.id::text, 'name', w.name) order by w.id)
      from unnest(al.watchlist_ids) as matched (id)
      join watchlist w on w.id = matched.id and (w.snoozed_until is null or w.snoozed_until <= $5)
      join watchlist_destination wd on wd.watchlist_id = w.id and wd.destination_id = d.destination_id
      where w.changed_at < al.created_at - interval '1 minute' and wanted.as_matched or exists (
        select from change c join change_subject s on s.change_id = c.id
        join follow f on f.watchlist_id = w.id and f.kind = s.kind and f.key = s.key
        where c.id = any (wanted.change_ids) and rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
          c.before_rank, c.after_rank, c.kind, c.changed_words))
    ), '[]') as watchlists
  from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as leased (parcel_id, after_id, last_id)
  cross join lateral (
    select * from delivery
    where id > leased.after_id and id <= leased.last_id and parcel_id = leased.parcel_id
    order by id limit $4) d
  join account a on a.id = d.account_id
  join destination t on t.id = d.destination_id
  left join alert al on al.id = d.alert_id
  left join lateral (select undone_at, corrected_at from revision where id = al.revision_id offset 0) r on true
  cross join lateral (select coalesce(a.muted_at < al.created_at - interval '1 minute', true) as as_matched) mutes
  cross join lateral (
    select case when as_matched then al.change_ids else unmuted_changes(d.account_id, al.change_ids, $5) end as change_ids) heard
  cross join lateral (
    select as_matched and r.undone_at is null and r.corrected_at is null as as_matched,
      case when d.kind = 'echo' then echo_changes(d.echo_id, d.alert_id, d.destination_id, heard.change_ids)
        when r.undone_at is null then heard.change_ids else standing_changes(heard.change_ids) end as change_ids) wanted
  order by d.id`;

export type LeasedDelivery = {
  id: DeliveryId;
  parcelId: string;
  kind: DeliveryKind;
  lane: string;
  /** Attempts that were made so far. */
  tries: number;
  /** What a notice tells. */
  notice: unknown;
  createdAt: Date;
  /** Whether it was due at once and nothing was made of it yet: no attempt, no wait for its endpoint, no replay. */
  isFresh: boolean;
  accountId: AccountId;
  tier: Tier;
  email: string;
  destinationId: DestinationId;
  destinationKind: string;
  destinationStatus: string;
  settings: Record<string, unknown>;
  sealed: Buffer | null;
  /** Since when no delivery to the destination succeeded; null when the last one did. */
  failingSince: Date | null;
  alertId: AlertId | null;
  revisionId: RevisionId | null;
  /** Without those that the account muted since, and those that were undone; empty when none is left. */
  changeIds: string[] | null;
  /** Of the account, with its IANA time zone; null when it has none. */
  quietHours: QuietHours | null;
  timeZone: string;
  /** The highest of its changes before and after, of a summary of all that it sums up; null unless the account has quiet hours, or when there is no change. */
  gravestRank: number | null;
  /** How many changes its alert has in all. */
  alertChanges: number | null;
  /** Whether those are more than it tells. */
  isPart: boolean;
  /** Whether all that is not muted was undone or retracted; of an echo, whether nothing is left to tell. */
  isUndone: boolean;
  /** When a change of its revision was last corrected; null for nearly all. */
  correctedAt: Date | null;
  /** Of an echo: whether no watchlist of its alert leads to the destination any more. */
  isTakenOff: boolean;
  echoId: string | null;
  /** Of an echo: what told its destination of the alert, and whether that has arrived. */
  toldBy: { state: 'told' | 'due' | 'untold'; deliveryId: string; dueAt: string } | null;
  watchlists: { id: string; name: string }[];
};

/** @returns at most `limit` deliveries of each parcel, by id */
export async function readParcels(
  sql: Sql,
  parcels: readonly { id: string; afterId: string; lastId: string }[],
  limit: number,
  now: Date,
): Promise<LeasedDelivery[]> {
  return sql.query<LeasedDelivery>(READ_PARCELS, [
    parcels.map(({ id }) => id),
    parcels.map(({ afterId }) => afterId),
    parcels.map(({ lastId }) => lastId),
    limit,
    now,
  ]);
}
