import type { AccountId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';
import type { KeptMessage } from './delivery-message.store.js';

/**
 * Records what was delivered. The fence is the claim: what was sent under a lease that was lost touches nothing, and the
 * shared lock keeps others from taking the lease over meanwhile. An update of no indexed column: HOT.
 * $1 ids, $2 parcels, $3 claims, $4 when the attempts began, $5 when they ended, $6 statuses, $7 ms, $8 excerpts, $9 now,
 * $10 writer.
 */
const RECORD_DELIVERED = `
  with held as (
    select p.id, p.claim_id
    from parcel p join (select distinct * from unnest($2::bigint[], $3::uuid[]) as c (id, claim)) claimed
      on p.id = claimed.id and p.claim_id = claimed.claim
    order by p.id for share of p
  ), recorded as (
    update delivery d
    set state = 'delivered', parcel_id = null, tries = d.tries + 1, reason = null, delivered_at = given.ended_at,
      attempted_at = given.at, status = given.status, ms = given.ms, excerpt = given.excerpt
    from unnest($1::bigint[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::integer[],
      $7::integer[], $8::text[]) as given (id, parcel_id, claim, at, ended_at, status, ms, excerpt)
    where d.id = given.id and d.parcel_id = given.parcel_id
      and (given.parcel_id, given.claim) in (select id, claim_id from held)
    returning d.id, d.lane, given.claim
  ), tallied as (
    insert into throughput (minute, process, lane, delivered, failed)
    select date_trunc('minute', $9::timestamptz), $10, lane, count(*), 0 from recorded group by lane
    on conflict (minute, lane, process) do update set delivered = throughput.delivered + excluded.delivered
  )
  select id, claim from recorded`;

/**
 * Records all else: attempts that failed, deliveries that were cancelled or set aside. What is due again moves into a
 * parcel of its own. The same fence. $1 endings, of the fields of Ending, $2 now, $3 writer.
 */
const RECORD_OTHERS = `
  with given as materialized (
    select *, case when state = 'due' then nextval('parcel_id_seq') end as next_parcel
    from jsonb_to_recordset($1::jsonb) as given (id bigint, "parcelId" bigint, claim uuid, state text, "dueAt" timestamptz,
      paced boolean, reason text, at timestamptz, "endedAt" timestamptz, outcome text, status integer, ms integer,
      excerpt text)
  ), held as (
    select p.id, p.claim_id from parcel p join (select distinct "parcelId", claim from given) claimed
      on p.id = claimed."parcelId" and p.claim_id = claimed.claim
    order by p.id for share of p
  ), recorded as (
    update delivery d
    set state = given.state, parcel_id = given.next_parcel, due_at = coalesce(given."dueAt", d.due_at),
      tries = d.tries + case when given.outcome is null then 0 else 1 end,
      reason = case when given.state = 'due' and given.outcome is null then coalesce(given.reason, d.reason)
        else given.reason end,
      died_at = case when given.state = 'dead' then given."endedAt" end
    from given join held on held.id = given."parcelId" and held.claim_id = given.claim
    where d.id = given.id and d.parcel_id = given."parcelId"
    returning d.id, d.lane, d.due_at, given.claim, given.next_parcel, given.paced
  ), parcelled as (
    insert into parcel (id, lane, paced, first_id, last_id, due_at)
    select next_parcel, lane, paced, id, id, due_at from recorded where next_parcel is not null
  ), logged as (
    insert into delivery_attempt (delivery_id, at, outcome, status, ms, reason, excerpt)
    select id, at, outcome, status, ms, reason, excerpt from given join recorded using (id, claim) where outcome is not null
    returning delivery_id
  ), tallied as (
    insert into throughput (minute, process, lane, delivered, failed)
    select date_trunc('minute', $2::timestamptz), $3, lane, 0, count(*)
    from recorded join logged on logged.delivery_id = recorded.id group by lane
    on conflict (minute, lane, process) do update set failed = throughput.failed + excluded.failed
  )
  select id, claim from recorded`;

/** How one leased delivery ended. `outcome` is null when no attempt was made. */
export type Ending = {
  id: DeliveryId;
  parcelId: string;
  claim: string;
  accountId: AccountId;
  destinationId: DestinationId;
  lane: string;
  /** `due`: it is tried again, or was set aside until `dueAt`. */
  state: 'due' | 'delivered' | 'dead' | 'cancelled';
  dueAt: Date | null;
  /** Whether `dueAt` is a time that was reserved for it. */
  paced: boolean;
  reason: string | null;
  /** When the attempt began, and when it ended. */
  at: Date;
  endedAt: Date;
  outcome: 'delivered' | 'retry' | 'permanent' | null;
  status: number | null;
  ms: number;
  excerpt: string | null;
  /** Attempts that were made before this one. */
  triesBefore: number;
  /** Since when the destination was known to fail, when the attempt began. */
  failingSince: Date | null;
  /** Whether the destination is to be disabled. */
  disable: boolean;
  /** Whose fault it was that the attempt failed: null when it did not, or when it was neither's to answer for. */
  fault: 'destination' | null;
  /** What its message is known by, when that is kept. */
  message?: KeptMessage | null;
  /** Whether it was cancelled because it is told when quiet hours end. */
  held?: boolean;
  /** The changes that were told, where they are not all of the alert's; of a digest always. */
  told?: readonly string[] | null;
};

type Recorded = Pick<Ending, 'id' | 'claim'>;

/** When endings are written, and by which of the writers: each has rows of its own in the tally. */
export type Writing = { now: Date; writer: string };

/**
 * Each of the two kinds of endings takes one statement: with one kind alone there is nothing to be held together.
 *
 * @returns those whose lease still held: who lost a lease and has it again may end one delivery under both
 */
export async function recordEndings(
  sql: Sql,
  endings: readonly Ending[],
  writing: Writing,
): Promise<Set<Ending>> {
  const delivered = endings.filter(({ state }) => state === 'delivered');
  const others = endings.filter(({ state }) => state !== 'delivered');
  const rows = [
    ...(delivered.length === 0 ? [] : await recordDelivered(sql, delivered, writing)),
    ...(others.length === 0 ? [] : await recordOthers(sql, others, writing)),
  ];
  const claimOf = new Map(rows.map(({ id, claim }) => [id, claim]));
  return new Set(endings.filter(({ id, claim }) => claimOf.get(id) === claim));
}

async function recordOthers(sql: Sql, endings: readonly Ending[], { now, writer }: Writing) {
  return sql.query<Recorded>(RECORD_OTHERS, [JSON.stringify(endings), now, writer]);
}

async function recordDelivered(sql: Sql, endings: readonly Ending[], { now, writer }: Writing) {
  return sql.query<Recorded>(RECORD_DELIVERED, [
    arrayOf(endings, ({ id }) => id),
    arrayOf(endings, ({ parcelId }) => parcelId),
    arrayOf(endings, ({ claim }) => claim),
    arrayOf(endings, ({ at }) => at.toISOString()),
    arrayOf(endings, ({ endedAt }) => endedAt.toISOString()),
    arrayOf(endings, ({ status }) => status),
    arrayOf(endings, ({ ms }) => ms),
    endings.map(({ excerpt }) => excerpt),
    now,
    writer,
  ]);
}

/** PostgreSQL's text of an array. The driver would look through each value for what must be quoted: these have nothing. */
function arrayOf(endings: readonly Ending[], valueOf: (ending: Ending) => string | number | null): string {
  return `{${endings.map((ending) => valueOf(ending) ?? 'null').join(',')}}`;
}
