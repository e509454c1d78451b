import type { DigestCadence } from '../domain/digest-window.js';
import type { DeliveryId } from '../domain/ids.js';
import type { QuietHours } from '../domain/quiet-hours.js';
import type { Sql, Transaction } from '../platform/database.js';

/**
 * Bundles of accounts whose end is not known, which nobody else plans until the transaction ends. `endedAt`: when the last
 * window of the same digest was over. $1 from account, $2 until account, $3 these accounts, or null for all of them.
 * Indexes: bundle_to_plan, bundle_window.
 */
const FIND_TO_PLAN = `
  select b.delivery_id as "id", b.kind, b.cadence, b.began_at as "beganAt", a.time_zone as "timeZone",
    a.quiet_hours as "quietHours", t.kind as lane,
    (select max(last.until_at) from bundle last where last.destination_id = b.destination_id and last.kind = 'digest'
      and last.cadence = b.cadence and last.delivery_id <> b.delivery_id) as "endedAt"
  from bundle b join account a on a.id = b.account_id join destination t on t.id = b.destination_id
  where b.account_id >= $1 and b.account_id < $2 and ($3::bigint[] is null or b.account_id = any ($3))
    and b.until_at is null and b.ended_at is null and b.kind <> 'storm'
  order by b.destination_id, b.cadence for no key update of b`;

/** As above, of everybody, without waiting for whoever has some in hand. $1 limit. Indexes: bundle_to_plan, bundle_window. */
const TAKE_TO_PLAN = `
  select b.delivery_id as "id", b.kind, b.cadence, b.began_at as "beganAt", a.time_zone as "timeZone",
    a.quiet_hours as "quietHours", t.kind as lane,
    (select max(last.until_at) from bundle last where last.destination_id = b.destination_id and last.kind = 'digest'
      and last.cadence = b.cadence and last.delivery_id <> b.delivery_id) as "endedAt"
  from bundle b join account a on a.id = b.account_id join destination t on t.id = b.destination_id
  where b.until_at is null and b.ended_at is null and b.kind <> 'storm'
  limit $1 for no key update of b skip locked`;

/**
 * Sets the windows of bundles, and has their deliveries due when those end: makes them, or moves those that are due, out of the
 * parcels that they lie in. A parcel that is left empty goes when its time comes. $1 bundles, $2 begins, $3 ends, $4 numbers
 * of the parcels, $5 lanes, $6 now, $7 deliveries of a parcel that is bulk. Indexes: the primary keys.
 */
const SET_WINDOWS = `
  with given as materialized (
    select * from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::integer[], $5::text[])
      as given (id, began_at, until_at, number, lane)
  ), parcels as materialized (
    select number, nextval('parcel_id_seq') as parcel_id from (select distinct number from given) numbers
  ), planned as (
    update bundle b set began_at = g.began_at, until_at = g.until_at from given g where b.delivery_id = g.id
    returning b.delivery_id as id, b.account_id, b.destination_id
  ), moved as (
    update delivery d set due_at = g.until_at, parcel_id = p.parcel_id
    from given g join parcels p using (number) where d.id = g.id and d.state = 'due'
  ), made as (
    insert into delivery (id, account_id, destination_id, kind, lane, parcel_id, due_at, created_at)
    overriding system value
    select id, account_id, destination_id, 'digest', lane, parcel_id, until_at, $6
    from planned join given using (id) join parcels using (number)
    where id not in (select d.id from delivery d where d.id = any ($1::bigint[]))
  )
  insert into parcel (id, lane, bulk, first_id, last_id, due_at)
  select parcel_id, min(lane), count(*) >= $7, min(id), max(id), min(until_at)
  from given join parcels using (number) group by parcel_id`;

/** Ends what is over, whether it was sent or not. $1 now. Index: bundle_to_end. */
const END_ALL_OVER = `update bundle set ended_at = until_at where ended_at is null and until_at <= $1`;

/**
 * Opens a digest wherever a heartbeat is asked for and none is open, as long as the tier holds it and the watchlist is awake. Waits for whoever erases an
 * account or a destination. $1 now, $2 tiers and $3 modes: which tier holds which cadence, $4 tiers that hold every channel,
 * $5 key of the lock. Indexes: watchlist_heartbeat, the primary keys, bundle_open.
 */
const OPEN_HEARTBEATS = `
  with locked as materialized (
    select pg_advisory_xact_lock_shared($5)
  ), asked as materialized (
    select distinct d.id as destination_id, d.account_id, w.cadence - 'heartbeat' as cadence
    from locked cross join watchlist w
    join account a on a.id = w.account_id
    join unnest($2::text[], $3::text[]) as held (tier, mode) on held.tier = a.tier and held.mode = w.mode
    join watchlist_destination wd on wd.watchlist_id = w.id
    join destination d on d.id = wd.destination_id and d.status = 'active'
      and (a.tier = any ($4) or d.kind = 'email' and lower(d.settings ->> 'address') = lower(a.email))
    where w.cadence -> 'heartbeat' = 'true' and (w.snoozed_until is null or w.snoozed_until <= $1)
  )
  insert into bundle (delivery_id, kind, destination_id, account_id, cadence, began_at)
  select nextval('delivery_id_seq'), 'digest', destination_id, account_id, cadence, $1 from asked
  where not exists (select from bundle b where b.destination_id = asked.destination_id and b.kind = 'digest'
    and b.cadence = asked.cadence and b.ended_at is null)
  order by destination_id, cadence
  on conflict (destination_id, kind, cadence) where ended_at is null do nothing`;

export type BundleToPlan = {
  /** That of its delivery. */
  id: DeliveryId;
  kind: 'digest' | 'quiet';
  /** Null for quiet hours. */
  cadence: DigestCadence | null;
  /** When it was opened, or what was found to be the begin of its window. */
  beganAt: Date;
  timeZone: string;
  quietHours: QuietHours | null;
  lane: string;
  endedAt: Date | null;
};

/** Whose bundles are meant: accounts from (inclusive) until (exclusive), or among those `accountIds` alone. */
export type AccountRange = { fromAccount: string; untilAccount: string; accountIds?: readonly string[] };

export type Window = {
  id: DeliveryId;
  beganAt: Date;
  untilAt: Date;
  lane: string;
  /** Those with the same number, of one lane and end, share a parcel. */
  parcel: number;
};

/** Deliveries of a parcel that must not hold up those of others. */
const bulkFrom = 100;

export async function findToPlan(tx: Transaction, range: AccountRange): Promise<BundleToPlan[]> {
  const { fromAccount, untilAccount, accountIds = null } = range;
  return tx.query<BundleToPlan>(FIND_TO_PLAN, [fromAccount, untilAccount, accountIds]);
}

export async function takeToPlan(tx: Transaction, limit: number): Promise<BundleToPlan[]> {
  return tx.query<BundleToPlan>(TAKE_TO_PLAN, [limit]);
}

export async function setWindows(tx: Transaction, windows: readonly Window[], now: Date): Promise<void> {
  await tx.execute(SET_WINDOWS, [
    windows.map(({ id }) => id),
    windows.map(({ beganAt }) => beganAt),
    windows.map(({ untilAt }) => untilAt),
    windows.map(({ parcel }) => parcel),
    windows.map(({ lane }) => lane),
    now,
    bulkFrom,
  ]);
}

export async function endAllOver(sql: Sql, now: Date): Promise<void> {
  await sql.execute(END_ALL_OVER, [now]);
}

export async function openHeartbeats(
  tx: Transaction,
  terms: { heldCadences: readonly { tier: string; mode: string }[]; everyChannelTiers: readonly string[] },
  now: Date,
  lockKey: number,
): Promise<void> {
  const { heldCadences, everyChannelTiers } = terms;
  await tx.execute(OPEN_HEARTBEATS, [
    now,
    heldCadences.map(({ tier }) => tier),
    heldCadences.map(({ mode }) => mode),
    everyChannelTiers,
    lockKey,
  ]);
}
