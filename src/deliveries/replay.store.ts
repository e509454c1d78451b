import type { AccountId, DeliveryId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';

/**
 * Makes one ended delivery due again, from the first try and in a parcel of its own. The attempt that delivered it moves
 * into the log. What is due is not found, so nothing is in two hands; nor is what asks for a confirmation, which a limit holds
 * for. Where the destination is not at work it stays as it is: it would be cancelled, and what it was forgotten. Notices go to
 * the owner. Nor does what went back since go again. $1 account, $2 delivery, $3 now.
 */
const REPLAY_ONE = `
  with found as materialized (
    select d.id, d.lane, d.attempted_at, d.status, d.ms, d.excerpt, nextval('parcel_id_seq') as parcel_id,
      t.status = 'active' or d.kind = 'notice' as at_work, d.kind = 'alert' and is_undone(d.alert_id) as undone
    from delivery d join destination t on t.id = d.destination_id
    where d.account_id = $1 and d.id = $2 and d.state <> 'due' and d.kind <> 'confirm' for no key update of d
  ), placed as materialized (
    select * from found where at_work and not undone
  ), replayed as (
    update delivery d set state = 'due', parcel_id = placed.parcel_id, due_at = $3, tries = 0, reason = null,
      delivered_at = null, died_at = null, attempted_at = null, status = null, ms = null, excerpt = null
    from placed where d.id = placed.id
  ), parcelled as (
    insert into parcel (id, lane, first_id, last_id, due_at) select parcel_id, lane, id, id, $3 from placed
  ), forgotten as (
    delete from delivery_told using placed
    where delivery_id = placed.id and not exists (select from bundle b where b.delivery_id = placed.id)
  ), logged as (
    insert into delivery_attempt (delivery_id, at, outcome, status, ms, excerpt)
    select id, attempted_at, 'delivered', status, ms, excerpt from placed where attempted_at is not null
  )
  select lane, case when undone then 'undone' when at_work then 'replayed' else 'not at work' end as became from found`;

/**
 * Goes on through an account's deliveries in the order of their ids, and makes those that have ended due again as
 * REPLAY_ONE does. Those whose destination is not at work are counted and left as they are: they would be cancelled again.
 * So are alerts that a summary told, whose turn it is, unless they are asked for, and those that went back since. What waits for its
 * time, as digests do, counts to the time when it is due: it was missed then, however long before it was made.
 *
 * Walks without a condition that no index answers, so that every chunk costs the same, however many match. Deliveries of a
 * lane that lie close together, at most 32 ids apart, share a parcel, and whoever reads it passes over the ids between; the
 * others get one each.
 * Index: delivery_account, or with a destination delivery_destination, or with an alert the unique key of (alert,
 * destination). $1 account, $2 alert, $3 destination, $4 since, $5 until, $6 states, $7 whether also what a summary told,
 * $8 after this id, $9 limit, $10 now, $11 whether the parcels are bulk.
 */
const REPLAY_CHUNK = `
  with walked as materialized (
    select id from delivery
    where ($3::bigint is not null or account_id = $1) and ($3::bigint is null or destination_id = $3)
      and ($2::bigint is null or alert_id = $2) and id > $8
    order by id limit $9
  ), found as materialized (
    select d.id, d.lane, d.attempted_at, d.status, d.ms, d.excerpt, t.status = 'active' as at_work
    from walked join delivery d on d.id = walked.id join destination t on t.id = d.destination_id
    where d.account_id = $1 and d.kind in ('alert', 'summary', 'digest', 'echo') and d.state = any ($6::text[])
      and ($4::timestamptz is null or case when d.kind = 'digest' or d.state = 'cancelled' and d.tries = 0 then d.due_at else d.created_at end >= $4)
      and ($5::timestamptz is null or case when d.kind = 'digest' or d.state = 'cancelled' and d.tries = 0 then d.due_at else d.created_at end < $5)
      and ($7 or d.summary_id is null) and not (d.kind = 'alert' and is_undone(d.alert_id))
    order by d.id for no key update of d
  ), near as materialized (
    select id, lane, coalesce(id - lag(id) over (partition by lane order by id) > 32, true) as is_first
    from found where at_work
  ), new as materialized (
    select array_agg(nextval('parcel_id_seq')) as parcel_ids from near where is_first
  ), placed as materialized (
    select id, lane, parcel_ids[count(*) filter (where is_first) over (order by lane, id)] as parcel_id from near, new
  ), replayed as (
    update delivery d set state = 'due', parcel_id = placed.parcel_id, due_at = $10, tries = 0, reason = null,
      delivered_at = null, died_at = null, attempted_at = null, status = null, ms = null, excerpt = null
    from placed where d.id = placed.id
  ), parcelled as (
    insert into parcel (id, lane, bulk, first_id, last_id, due_at)
    select parcel_id, lane, $11, min(id), max(id), $10 from placed group by parcel_id, lane
  ), forgotten as (
    delete from delivery_told using placed
    where delivery_id = placed.id and not exists (select from bundle b where b.delivery_id = placed.id)
  ), logged as (
    insert into delivery_attempt (delivery_id, at, outcome, status, ms, excerpt)
    select id, attempted_at, 'delivered', status, ms, excerpt from found where at_work and attempted_at is not null
  )
  select (select count(*) from walked)::integer as walked, (select max(id) from walked) as "lastId",
    (select count(*) from found where at_work)::integer as replayed,
    (select count(*) from found where not at_work)::integer as skipped, array(select distinct lane from placed) as lanes`;

/** Which deliveries of an account are meant; null for any. */
export type ReplayFilter = {
  alert: string | null;
  destination: string | null;
  since: Date | null;
  /** Exclusive. */
  until: Date | null;
  includeDelivered: boolean;
};

export type ReplayedChunk = {
  /** How many deliveries were looked at, and the last of them. */
  walked: number;
  lastId: DeliveryId | null;
  replayed: number;
  /** Left as they are: their destination is not at work. */
  skipped: number;
  lanes: string[];
};

/** @returns the lane to ring, and what became of it; null when the delivery is on its way */
export async function replayOne(
  tx: Transaction,
  accountId: AccountId,
  id: DeliveryId,
  now: Date,
): Promise<{ lane: string; became: 'replayed' | 'not at work' | 'undone' } | null> {
  const [row] = await tx.query<{ lane: string; became: 'replayed' | 'not at work' | 'undone' }>(REPLAY_ONE, [
    accountId,
    id,
    now,
  ]);
  return row ?? null;
}

export async function replayChunk(
  tx: Transaction,
  accountId: AccountId,
  filter: ReplayFilter,
  chunk: { afterId: string; limit: number; now: Date; bulk: boolean },
): Promise<ReplayedChunk> {
  const { alert, destination, since, until, includeDelivered } = filter;
  const states = ['dead', 'cancelled', ...(includeDelivered ? ['delivered'] : [])];
  // An alert that is asked for by its id is wanted by itself.
  const alsoSummedUp = includeDelivered || alert !== null;
  const { afterId, limit, now, bulk } = chunk;
  const [row] = await tx.query<ReplayedChunk>(REPLAY_CHUNK, [
    accountId,
    alert,
    destination,
    since,
    until,
    states,
    alsoSummedUp,
    afterId,
    limit,
    now,
    bulk,
  ]);
  if (!row) throw new Error('counting what was replayed gave no row back');
  return row;
}
