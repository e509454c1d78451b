import type { DigestCadence } from '../domain/digest-window.js';
import type { ChangeKind } from '../domain/delta.js';
import type { AccountId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Tier } from '../domain/tiers.js';
import type { Sql } from '../platform/database.js';

/** Ends a bundle whose time has come, so that later alerts open another; waits for whoever adds to it. $1 delivery, $2 now. */
const END_BUNDLE = `update bundle set ended_at = until_at where delivery_id = $1 and ended_at is null and until_at <= $2`;

/** A digest's or quiet hours' bundle. $1 delivery. Indexes: the primary keys. */
const FIND_BUNDLE = `
  select b.delivery_id as id, b.kind, b.cadence, b.began_at as "beganAt", b.until_at as "untilAt", b.ended_at as "endedAt",
    b.destination_id as "destinationId", b.account_id as "accountId", a.tier, a.time_zone as "timeZone"
  from bundle b join account a on a.id = b.account_id where b.delivery_id = $1 and b.kind <> 'storm'`;

/**
 * The changes that a bundle's alerts tell, oldest first, as long as the account wants them: not muted, and wanted by a watchlist
 * of the destination that is not snoozed, which is asked again where it was changed since. Mutes and watchlists as with deliveries that are sent by
 * themselves. Ids of what a digest gathered come after its own. $1 destination, $2 delivery of the bundle, $3 now, $4 after
 * this delivery. Indexes: delivery_destination, the primary keys.
 */
const FIND_GATHERED = `
  with gathered as (
    select al.created_at, al.watchlist_ids, as_matched, case when as_matched then al.change_ids
      else unmuted_changes(al.account_id, al.change_ids, $3) end as change_ids
    from delivery d join alert al on al.id = d.alert_id join account a on a.id = al.account_id
    cross join lateral (select coalesce(a.muted_at < al.created_at - interval '1 minute', true) as as_matched) mutes
    where d.destination_id = $1 and d.summary_id = $2 and d.id > $4
  )
  select c.id, c.provision_id as "provisionId", c.document_id as "documentId", c.entity_id as "entityId", c.time, c.kind,
    c.before_rank as "beforeRank", c.after_rank as "afterRank",
    c.undone_by is not null or c.retracted_at is not null or c.verdict in ('reverted', 'quiet') as "isUndone"
  from gathered g join change c on c.id = any (g.change_ids)
  where exists (
    select from watchlist w
    join watchlist_destination wd on wd.watchlist_id = w.id and wd.destination_id = $1
    where w.id = any (g.watchlist_ids) and (w.snoozed_until is null or w.snoozed_until <= $3) and (
      w.changed_at < g.created_at - interval '1 minute'
      or rule_wants(w.min_rank, w.direction, w.min_change, w.kinds, w.keyword_query,
          c.before_rank, c.after_rank, c.kind, c.changed_words)
        and exists (select from change_subject s
          join follow f on f.watchlist_id = w.id and f.kind = s.kind and f.key = s.key where s.change_id = c.id)))
  order by c.id`;

/** What stood before and after changes. $1 changes. Index: the primary key. */
const FIND_SIDES = `
  select id, before_text as "beforeText", after_text as "afterText" from change where id = any ($1)`;

/**
 * The exposure of entities around a window: before all that it changed, and after. What was received before the window and told
 * in it counts to it. $1 entities, $2 the first change of each that is told, $3 begin, $4 end. Index: change_entity.
 */
const FIND_ENTITY_EXPOSURE = `
  select given.id, moves.after - moves.moved as before, moves.after
  from unnest($1::text[], $2::bigint[]) as given (id, first_id)
  cross join lateral (
    select coalesce((select c.id from change c where c.entity_id = given.id and c.id < given.first_id and c.received_at < $3
      order by c.id desc limit 1), 0) as id) start
  cross join lateral (
    select (array_agg(c.entity_exposure_after order by c.id desc))[1] as after,
      sum(c.entity_exposure_after - c.entity_exposure_before)::integer as moved
    from change c where c.entity_id = given.id and c.id > start.id and (c.received_at < $4 or c.id = given.first_id)) moves`;

/** As above, of documents. $1 documents, $2 the first change of each, $3 begin, $4 end. Index: change_document. */
const FIND_DOCUMENT_EXPOSURE = `
  select given.id, moves.after - moves.moved as before, moves.after
  from unnest($1::text[], $2::bigint[]) as given (id, first_id)
  cross join lateral (
    select coalesce((select c.id from change c where c.document_id = given.id and c.id < given.first_id and c.received_at < $3
      order by c.id desc limit 1), 0) as id) start
  cross join lateral (
    select (array_agg(c.document_exposure_after order by c.id desc))[1] as after,
      sum(c.document_exposure_after - c.document_exposure_before)::integer as moved
    from change c where c.document_id = given.id and c.id > start.id and (c.received_at < $4 or c.id = given.first_id)) moves`;

/**
 * The watchlists that lead to a bundle: those that its alerts matched, and those that ask for one whatever happens
 * and are not snoozed. $1 destination, $2 delivery of the bundle, $3 cadence or null, $4 after this delivery, $5 now.
 * Indexes: watchlist_destination_destination, delivery_destination.
 */
const FIND_WATCHLISTS = `
  with asking as (
    select w.id, w.name, w.cadence -> 'heartbeat' = 'true' and w.cadence - 'heartbeat' = $3::jsonb
      and (w.snoozed_until is null or w.snoozed_until <= $5) as "hasHeartbeat"
    from watchlist_destination wd join watchlist w on w.id = wd.watchlist_id where wd.destination_id = $1
  )
  select id::text, name, coalesce("hasHeartbeat", false) as "hasHeartbeat" from asking
  where "hasHeartbeat" or id in (
    select unnest(al.watchlist_ids) from delivery d join alert al on al.id = d.alert_id
    where d.destination_id = $1 and d.summary_id = $2 and d.id > $4)
  order by asking.id`;

/**
 * Has the only alert of a bundle sent by itself; nothing when there is more than one. $1 destination, $2 delivery of the bundle,
 * $3 now. Index: delivery_destination.
 */
const HAND_BACK = `
  with held as materialized (
    select id from delivery where destination_id = $1 and summary_id = $2 limit 2
  ), back as (
    update delivery d set state = 'due', reason = null, summary_id = null, parcel_id = nextval('parcel_id_seq'), due_at = $3
    from held where d.id = held.id and d.state = 'cancelled' and (select count(*) from held) = 1
    returning d.id, d.lane, d.parcel_id
  )
  insert into parcel (id, lane, first_id, last_id, due_at) select parcel_id, lane, id, id, $3 from back`;

export type Bundle = {
  id: DeliveryId;
  kind: 'digest' | 'quiet';
  /** Null for quiet hours. */
  cadence: DigestCadence | null;
  beganAt: Date;
  /** Null while it is being planned anew. */
  untilAt: Date | null;
  endedAt: Date | null;
  destinationId: DestinationId;
  accountId: AccountId;
  tier: Tier;
  timeZone: string;
};

export type GatheredChange = {
  id: string;
  provisionId: string;
  documentId: string;
  entityId: string;
  time: Date;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  /** Whether it went back since, or is what took another one back. */
  isUndone: boolean;
};

export type BundleWatchlist = { id: string; name: string; hasHeartbeat: boolean };

/** The first told change of an entity or document, and the window. */
export type ExposureAround = { firstIds: ReadonlyMap<string, string>; from: Date; until: Date };

/** @returns null when there is no such bundle any more */
export async function findBundle(sql: Sql, id: DeliveryId): Promise<Bundle | null> {
  const [row] = await sql.query<Bundle>(FIND_BUNDLE, [id]);
  return row ?? null;
}

export async function endBundle(sql: Sql, id: DeliveryId, now: Date): Promise<void> {
  await sql.execute(END_BUNDLE, [id, now]);
}

export async function findGathered(sql: Sql, bundle: Bundle, now: Date): Promise<GatheredChange[]> {
  return sql.query<GatheredChange>(FIND_GATHERED, [bundle.destinationId, bundle.id, now, idsAfter(bundle)]);
}

export async function findSides(sql: Sql, changeIds: readonly string[]) {
  const rows = await sql.query<{ id: string; beforeText: string | null; afterText: string | null }>(
    FIND_SIDES,
    [changeIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findExposure(sql: Sql, of: 'entity' | 'document', around: ExposureAround) {
  const { firstIds, from, until } = around;
  const rows = await sql.query<{ id: string; before: number; after: number }>(
    of === 'entity' ? FIND_ENTITY_EXPOSURE : FIND_DOCUMENT_EXPOSURE,
    [[...firstIds.keys()], [...firstIds.values()], from, until],
  );
  return new Map(rows.map(({ id, before, after }) => [id, { before, after }]));
}

export async function findBundleWatchlists(sql: Sql, bundle: Bundle, now: Date): Promise<BundleWatchlist[]> {
  const cadence = bundle.cadence && JSON.stringify(bundle.cadence);
  return sql.query<BundleWatchlist>(FIND_WATCHLISTS, [
    bundle.destinationId,
    bundle.id,
    cadence,
    idsAfter(bundle),
    now,
  ]);
}

/** @returns whether the bundle had one alert, which is due by itself now */
export async function handBack(sql: Sql, bundle: Bundle, now: Date): Promise<boolean> {
  return (await sql.execute(HAND_BACK, [bundle.destinationId, bundle.id, now])) > 0;
}

/** What quiet hours held was there before their bundle was. */
function idsAfter({ kind, id }: Bundle): string {
  return kind === 'digest' ? id : '0';
}
