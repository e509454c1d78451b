import type { Sql } from '../platform/database.js';

/** Names of entities. Index: the primary key. $1 ids. */
const NAME_ENTITIES = `select id, name, null as "of" from entity where id = any($1::text[])`;

/** Titles of documents, with the entity of each. Indexes: the primary keys. $1 ids. */
const NAME_DOCUMENTS = `
  select d.id, d.title as name, e.name as "of" from document d join entity e on e.id = d.entity_id
  where d.id = any($1::text[])`;

/** Titles of provisions, with the entity of each. Indexes: the primary keys. $1 ids. */
const NAME_PROVISIONS = `
  select p.id, p.title as name, e.name as "of" from provision p join entity e on e.id = p.entity_id
  where p.id = any($1::text[])`;

const queries = { entity: NAME_ENTITIES, document: NAME_DOCUMENTS, provision: NAME_PROVISIONS } as const;

/** Kinds whose keys are ids: what else is followed goes by its slug or code. */
export type NamedKind = keyof typeof queries;
export const namedKinds: readonly NamedKind[] = ['entity', 'document', 'provision'];

/** What the archive calls something, and whose it is. */
export type ArchiveName = { name: string; of: string | null };

/** @returns by id, those that the archive knows */
export async function findNames(
  sql: Sql,
  kind: NamedKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ArchiveName>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<{ id: string } & ArchiveName>(queries[kind], [ids]);
  return new Map(rows.map(({ id, ...named }) => [id, named]));
}
