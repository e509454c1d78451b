import type { ChangeId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/** The change of the same provision before one. $1 provision, $2 the change. Indexes: the primary key, change_provision. */
const FIND_FORMER = `
  select id, time from change
  where provision_id = $1 and time <= (select time from change where id = $2::bigint)
    and (time, id) < (select time, id from change where id = $2::bigint)
  order by time desc, id desc limit 1`;

/** The one after it. $1 provision, $2 the change. Indexes: the primary key, change_provision. */
const FIND_LATTER = `
  select id, time from change
  where provision_id = $1 and time >= (select time from change where id = $2::bigint)
    and (time, id) > (select time, id from change where id = $2::bigint)
  order by time, id limit 1`;

/** How other entities' provisions of a clause type are rated now. $1 clause type, $2 entity. Index: provision_clause_type. */
const RATE_OTHERS = `
  select rank, count(*)::integer as count from provision
  where clause_type = $1 and rank > 0 and entity_id <> $2 group by rank`;

type Place = { id: ChangeId; time: Date };

export async function findNeighbours(
  sql: Sql,
  of: { provisionId: string; changeId: string },
): Promise<{ former: Place | null; latter: Place | null }> {
  const key = [of.provisionId, of.changeId];
  const [former] = await sql.query<Place>(FIND_FORMER, key);
  const [latter] = await sql.query<Place>(FIND_LATTER, key);
  return { former: former ?? null, latter: latter ?? null };
}

export async function rateOthers(sql: Sql, clauseType: string, entityId: string) {
  return sql.query<{ rank: Rank; count: number }>(RATE_OTHERS, [clauseType, entityId]);
}
