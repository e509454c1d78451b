import type { Sql } from '../platform/database.js';

/**
 * What the archive took back of the changes of a time, and when it says that it did, in milliseconds since 1970. There are few: from
 * the retractions on, whatever was changed. $1 since. Index: the primary key of change.
 */
const FIND_RETRACTED = `
  select c.id::text, (extract(epoch from c.retracted_at) * 1000)::float8 as at
  from (select distinct change_id from retraction) r join change c on c.id = r.change_id
  where c.time >= $1 and c.retracted_at is not null`;

/** @returns when, by the id of the change */
export async function findRetracted(sql: Sql, since: Date): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; at: number }>(FIND_RETRACTED, [since]);
  return new Map(rows.map(({ id, at }) => [id, at]));
}
