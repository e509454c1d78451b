import type { Sql } from '../platform/database.js';

/**
 * Opens breakers, or keeps them open. What two workers say of one endpoint is not added up: the longer of the two holds.
 * Rows are taken in the order of the key, so that workers wait for each other in a queue and not in a ring.
 * Index: the primary key. $1 lanes, $2 endpoints, $3 failures, $4 open until, $5 now.
 */
const OPEN_BREAKERS = `
  insert into endpoint_breaker as known (lane, endpoint, failures, opened_at, open_until)
  select lane, endpoint, max(failures), $5::timestamptz, max(open_until)
  from unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[]) as given (lane, endpoint, failures, open_until)
  group by lane, endpoint order by lane, endpoint
  on conflict (lane, endpoint) do update
  set failures = greatest(known.failures, excluded.failures),
    open_until = greatest(known.open_until, excluded.open_until)`;

/** Closes breakers, in the order of the key as above. Index: the primary key. $1 lanes, $2 endpoints. */
const CLOSE_BREAKERS = `
  with answered as (
    select lane, endpoint from endpoint_breaker
    where (lane, endpoint) in (select * from unnest($1::text[], $2::text[]))
    order by lane, endpoint for update)
  delete from endpoint_breaker known using answered
  where known.lane = answered.lane and known.endpoint = answered.endpoint`;

/**
 * Takes the probe of a breaker whose pause is over, by pushing its end ahead: whoever comes second waits for the row,
 * looks at it again and finds the pause running. No row: the breaker was closed.
 * Index: the primary key. $1 lane, $2 endpoint, $3 now, $4 when others may probe if this one is never heard of.
 */
const TAKE_PROBE = `
  with taken as (
    update endpoint_breaker set open_until = $4
    where lane = $1 and endpoint = $2 and open_until <= $3
    returning failures, open_until)
  select true as taken, failures, (extract(epoch from open_until) * 1000)::float8 as "openUntil" from taken
  union all
  select false, failures, (extract(epoch from open_until) * 1000)::float8 from endpoint_breaker
  where lane = $1 and endpoint = $2 and not exists (select from taken)`;

/** All breakers: a row each for the endpoints in trouble alone, read whole. No index. $1 limit: the last to open first. */
const FIND_BREAKERS = `
  select lane, endpoint, failures, (extract(epoch from open_until) * 1000)::float8 as "openUntil"
  from endpoint_breaker order by open_until desc limit $1`;

/** Removes what nobody probes any more, and what a wrong clock wrote. No index. $1 oldest and $2 latest end of a pause. */
const REMOVE_FORGOTTEN = `delete from endpoint_breaker where open_until < $1 or open_until > $2`;

/** An endpoint that does not answer; `openUntil` in milliseconds since 1970. */
export type BreakerRow = {
  lane: string;
  /** A hash: the endpoint itself may hold a secret. */
  endpoint: string;
  /** In a row, the probes among them. */
  failures: number;
  openUntil: number;
};

export async function openBreakers(sql: Sql, rows: readonly BreakerRow[], now: Date): Promise<void> {
  await sql.execute(OPEN_BREAKERS, [
    rows.map(({ lane }) => lane),
    rows.map(({ endpoint }) => endpoint),
    rows.map(({ failures }) => failures),
    rows.map(({ openUntil }) => new Date(openUntil)),
    now,
  ]);
}

export async function closeBreakers(
  sql: Sql,
  rows: readonly Pick<BreakerRow, 'lane' | 'endpoint'>[],
): Promise<void> {
  await sql.execute(CLOSE_BREAKERS, [rows.map(({ lane }) => lane), rows.map(({ endpoint }) => endpoint)]);
}

/** @returns what stands in the ledger now and whether the probe is the caller's; null when the breaker was closed */
export async function takeProbe(
  sql: Sql,
  { lane, endpoint }: Pick<BreakerRow, 'lane' | 'endpoint'>,
  now: Date,
  until: Date,
): Promise<{ taken: boolean; failures: number; openUntil: number } | null> {
  const [row] = await sql.query<{ taken: boolean; failures: number; openUntil: number }>(TAKE_PROBE, [
    lane,
    endpoint,
    now,
    until,
  ]);
  return row ?? null;
}

export async function findBreakers(sql: Sql, limit: number): Promise<BreakerRow[]> {
  return sql.query<BreakerRow>(FIND_BREAKERS, [limit]);
}

export async function removeForgottenBreakers(sql: Sql, oldest: Date, latest: Date): Promise<void> {
  await sql.execute(REMOVE_FORGOTTEN, [oldest, latest]);
}
