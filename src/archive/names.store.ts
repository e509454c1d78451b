import type { Sql } from '../platform/database.js';

/** What an entity is called. $1 its id. Index: the primary key. */
const FIND_ENTITY_NAME = `select name from entity where id = $1`;

/** Whether there ever was such a clause. $1 slug. Index: the primary key. */
const FIND_CLAUSE_TYPE = `select slug from clause_type where slug = $1`;

export async function findEntityName(sql: Sql, id: string): Promise<string | null> {
  const [row] = await sql.query<{ name: string }>(FIND_ENTITY_NAME, [id]);
  return row?.name ?? null;
}

export async function isClauseType(sql: Sql, slug: string): Promise<boolean> {
  return (await sql.query(FIND_CLAUSE_TYPE, [slug])).length > 0;
}
