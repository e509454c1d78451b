import type { Sql } from '../platform/database.js';

/** Where each further part of a map begins: every $1-th id. An index-only scan of the primary key, once an hour at most. */
const CUT_ENTITIES = `select id from (select id, row_number() over (order by id) as place from entity) placed where place % $1::integer = 0 order by id`;

/** $1 ids a part. An index-only scan of the primary key. */
const CUT_DOCUMENTS = `select id from (select id, row_number() over (order by id) as place from document) placed where place % $1::integer = 0 order by id`;

/** $1 ids a part. An index-only scan of the primary key. */
const CUT_PROVISIONS = `select id from (select id, row_number() over (order by id) as place from provision) placed where place % $1::integer = 0 order by id`;

/** $1 ids a part. An index-only scan of the primary key. */
const CUT_CHANGES = `select id::text as id from (select id, row_number() over (order by id) as place from change) placed where place % $1::integer = 0 order by placed.id`;

/** One part. $1 the id before it, or null; $2 limit. Index: the primary key. */
const LIST_ENTITIES_OF_MAP = `
  select id, updated_at as "changedAt" from entity where ($1::text is null or id > $1) order by id limit $2`;

/** One part. $1 the id before it, or null; $2 limit. Index: the primary key. */
const LIST_DOCUMENTS_OF_MAP = `
  select id, updated_at as "changedAt" from document where ($1::text is null or id > $1) order by id limit $2`;

/** One part. $1 the id before it, or null; $2 limit. Index: the primary key. */
const LIST_PROVISIONS_OF_MAP = `
  select id, state_at as "changedAt" from provision where ($1::text is null or id > $1) order by id limit $2`;

/** One part. $1 the id before it, or null; $2 limit. Index: the primary key. */
const LIST_CHANGES_OF_MAP = `
  select id::text as id, greatest(received_at, retracted_at) as "changedAt" from change
  where ($1::bigint is null or change.id > $1) order by change.id limit $2`;

/** What is on the map, and the statements that cut it and list it. */
const statements = {
  entities: [CUT_ENTITIES, LIST_ENTITIES_OF_MAP],
  documents: [CUT_DOCUMENTS, LIST_DOCUMENTS_OF_MAP],
  provisions: [CUT_PROVISIONS, LIST_PROVISIONS_OF_MAP],
  changes: [CUT_CHANGES, LIST_CHANGES_OF_MAP],
} as const;

export type MapKind = keyof typeof statements;

/** @returns the ids after which a further part begins */
export async function listCuts(sql: Sql, kind: MapKind, size: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(statements[kind][0], [size]);
  return rows.map(({ id }) => id);
}

export async function listPart(sql: Sql, kind: MapKind, after: string | null, size: number) {
  return sql.query<{ id: string; changedAt: Date }>(statements[kind][1], [after, size]);
}
