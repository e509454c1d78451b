import type { Sql } from '../platform/database.js';

/**
 * Moves the pace of each key ahead by what is to start there, from now or from where it stands, whichever is later. Rows
 * are taken in the order of the keys, so that workers wait for each other in a queue and not in a ring.
 * Index: the primary key. $1 keys, each once, $2 what they are moved by in ms, $3 now.
 */
const RESERVE_PACE = `
  insert into pace as known (key, next_at)
  select key, $3::timestamptz + ms * interval '1 millisecond'
  from unnest($1::text[], $2::float8[]) as given (key, ms) order by key collate "C"
  on conflict (key) do update set next_at = greatest(known.next_at, $3) + (excluded.next_at - $3)
  returning key, (extract(epoch from next_at - $3) * 1000)::float8 as "aheadMs"`;

/**
 * Removes what says nothing any more, and what a wrong clock wrote. Waits for nobody, so it can stand in no ring. No
 * index: it reads the table until the limit. $1 oldest and $2 latest time that is kept, $3 limit.
 */
const REMOVE_OLD_PACE = `
  delete from pace where key in (
    select key from pace where next_at < $1 or next_at > $2 limit $3 for update skip locked)`;

/** @returns by key how far ahead of now its pace stands after the move, in ms */
export async function reservePace(
  sql: Sql,
  moves: readonly { key: string; ms: number }[],
  now: Date,
): Promise<Map<string, number>> {
  const rows = await sql.query<{ key: string; aheadMs: number }>(RESERVE_PACE, [
    moves.map(({ key }) => key),
    moves.map(({ ms }) => ms),
    now,
  ]);
  return new Map(rows.map(({ key, aheadMs }) => [key, aheadMs]));
}

export async function removeOldPace(sql: Sql, oldest: Date, latest: Date, limit: number): Promise<void> {
  await sql.execute(REMOVE_OLD_PACE, [oldest, latest, limit]);
}
