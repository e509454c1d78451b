import type { Sql } from '../platform/database.js';

/** A parcel may come back for ever, such as one of a channel that an installation does not have. */
const mostCounted = 1_000;

/** Leases due parcels of one lane, those that wait longest first; an abandoned lease is due again when it ran out.
 * Index: parcel_due. $1 lane, $2 whether bulk, $3 now, $4 limit, $5 claim, $6 lease ms, $7 up to what claims are counted. */
const CLAIM_PARCELS = `
  with picked as (
    select id from parcel where lane = $1 and bulk = $2 and due_at <= $3
    order by due_at limit $4 for update skip locked)
  update parcel p
  set claim_id = $5, claims = least(p.claims + 1, $7), due_at = $3::timestamptz + $6 * interval '1 millisecond'
  from picked where p.id = picked.id
  returning p.id, p.bulk, p.paced, p.claims, p.first_id as "firstId", p.last_id as "lastId"`;

/** Prolongs leases that are still held. Whoever locks several parcels does so by id: none waits for another in a circle.
 * $1 ids, $2 claims, $3 now, $4 lease ms. */
const RENEW_LEASES = `
  with mine as materialized (
    select p.id from parcel p join unnest($1::bigint[], $2::uuid[]) as held (id, claim) on p.id = held.id
    where p.claim_id = held.claim order by p.id for update of p)
  update parcel p set due_at = $3::timestamptz + $4 * interval '1 millisecond' from mine where p.id = mine.id
  returning p.id`;

/** Gives leases back before they ran out, so that others need not wait. $1 ids, $2 claims, $3 now. */
const RELEASE_LEASES = `
  with mine as materialized (
    select p.id from parcel p join unnest($1::bigint[], $2::uuid[]) as held (id, claim) on p.id = held.id
    where p.claim_id = held.claim order by p.id for update of p)
  update parcel p set claim_id = null, claims = p.claims - 1, due_at = $3 from mine where p.id = mine.id`;

/** Removes parcels whose deliveries have all ended or moved on; asks the ledger, not the worker. $1 ids, $2 claims. */
const REMOVE_EMPTY = `
  with mine as materialized (
    select p.id from parcel p join unnest($1::bigint[], $2::uuid[]) as held (id, claim) on p.id = held.id
    where p.claim_id = held.claim and not exists (
      select from delivery d where d.id between p.first_id and p.last_id and d.parcel_id = p.id)
    order by p.id for update of p)
  delete from parcel p using mine where p.id = mine.id`;

/**
 * Puts each delivery that is left in a parcel into one of its own, due at once: one that ends every worker that takes it
 * up must not hold up its neighbours. $1 parcel, $2 claim, $3 now.
 */
const SPLIT_PARCEL = `
  with split as (
    select id, lane, first_id, last_id from parcel where id = $1 and claim_id = $2 for update
  ), moved as (
    update delivery d set parcel_id = nextval('parcel_id_seq') from split
    where d.id between split.first_id and split.last_id and d.parcel_id = split.id
    returning d.id, d.lane, d.parcel_id
  )
  insert into parcel (id, lane, bulk, first_id, last_id, due_at)
  select parcel_id, lane, true, id, id, $3 from moved`;

export type ParcelLease = {
  id: string;
  bulk: boolean;
  /** Whether its time to start was reserved already. */
  paced: boolean;
  /** How often it was leased and not given back, this time included. */
  claims: number;
  firstId: string;
  lastId: string;
};

/** A parcel as its holder names it. */
export type Held = { id: string; claim: string };

export async function claimParcels(
  sql: Sql,
  wanted: { lane: string; bulk: boolean; now: Date; limit: number; claim: string; leaseMs: number },
): Promise<ParcelLease[]> {
  const { lane, bulk, now, limit, claim, leaseMs } = wanted;
  return sql.query<ParcelLease>(CLAIM_PARCELS, [lane, bulk, now, limit, claim, leaseMs, mostCounted]);
}

/** @returns the ids of those that are still held */
export async function renewLeases(
  sql: Sql,
  held: readonly Held[],
  now: Date,
  leaseMs: number,
): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(RENEW_LEASES, [...columnsOf(held), now, leaseMs]);
  return new Set(rows.map((row) => row.id));
}

export async function releaseLeases(sql: Sql, held: readonly Held[], now: Date): Promise<void> {
  await sql.execute(RELEASE_LEASES, [...columnsOf(held), now]);
}

/** Parcels that turn out not to be empty stay, and are due again when their lease runs out. */
export async function removeEmpty(sql: Sql, held: readonly Held[]): Promise<void> {
  await sql.execute(REMOVE_EMPTY, columnsOf(held));
}

export async function splitParcel(sql: Sql, { id, claim }: Held, now: Date): Promise<void> {
  await sql.execute(SPLIT_PARCEL, [id, claim, now]);
}

function columnsOf(held: readonly Held[]): [string[], string[]] {
  return [held.map(({ id }) => id), held.map(({ claim }) => claim)];
}
