import type { Severity } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * Entities that are called so, then others with all of the words, the gravest first; and after them those with any of the
 * words. $1 tsquery of all of the words, $2 of any of them, $3 what was typed, $4 and $5 most of each. Index: entity_words.
 */
const SEARCH_ENTITIES = `
  (select id, name, exposure, true as "isWhole" from entity
   where title_words(name) @@ to_tsquery('simple', $1)
   order by (lower(name) = lower($3)) desc, exposure desc, name collate "C", id collate "C" limit $4)
  union all
  (select id, name, exposure, false from entity
   where title_words(name) @@ to_tsquery('simple', $2)
   order by exposure desc, name collate "C", id collate "C" limit $5)`;

/**
 * Documents by the words of their titles; or by those that an entity's name does not hold, among that entity's; or by the
 * beginning of their id. $1 tsquery of all words, $2 what was typed, $3 entity ids, $4 for each the tsquery of the words left,
 * $5 beginnings of ids, $6 limit. Indexes: document_words, document_entity, document_id_prefix. Of so common words that more
 * than 500 match, the first 500 are weighed; within an entity the first 1,000 are tried one by one, which takes less than to
 * ask the index of words once more for each.
 */
const SEARCH_DOCUMENTS = `
  select d.id, d.title, d.exposure, e.id as "entityId", e.name as "entityName"
  from (
    select id, title, exposure, entity_id from (
      (select id, title, exposure, entity_id from document
       where title_words(title) @@ to_tsquery('simple', $1) limit 500)
      union
      (select own.* from unnest($3::text[], $4::text[]) as left_over(entity_id, words)
       cross join lateral (select id, title, exposure, entity_id
         from (select * from document where entity_id = left_over.entity_id limit 1000) theirs
         where title_words(title) @@ to_tsquery('simple', left_over.words) limit 50) own)
      union
      (select own.* from unnest($5::text[]) as typed(prefix)
       cross join lateral (select id, title, exposure, entity_id from document
         where id collate "C" >= typed.prefix and id collate "C" < typed.prefix || chr(1114111)
         order by id collate "C" limit 20) own)
    ) found
    order by (id = any($5)) desc, (lower(title) = lower($2)) desc, exposure desc, title collate "C", id collate "C"
    limit $6) d
  join entity e on e.id = d.entity_id
  order by (d.id = any($5)) desc, (lower(d.title) = lower($2)) desc, d.exposure desc, d.title collate "C", d.id collate "C"`;

/**
 * Provisions, by the same means, or by a category that is called so: the gravest first. $1 tsquery of all words, $2 what was
 * typed, $3 entity ids, $4 for each the tsquery of the words left, $5 beginnings of ids, $6 limit. Indexes: provision_words,
 * provision_categories, provision_entity, provision_id_prefix.
 */
const SEARCH_PROVISIONS = `
  select p.id, p.title, p.clause_type as "clauseType",
    case p.rank when 1 then 'low' when 2 then 'medium' when 3 then 'high' end as severity,
    e.id as "entityId", e.name as "entityName", d.id as "documentId", d.title as "documentTitle"
  from (
    select id, title, rank, clause_type, entity_id, document_id from (
      (select id, title, rank, clause_type, entity_id, document_id from provision
       where title_words(title) @@ to_tsquery('simple', $1) limit 500)
      union
      (select id, title, rank, clause_type, entity_id, document_id from provision
       where categories @> array[lower($2)] limit 500)
      union
      (select own.* from unnest($3::text[], $4::text[]) as left_over(entity_id, words)
       cross join lateral (select id, title, rank, clause_type, entity_id, document_id
         from (select * from provision where entity_id = left_over.entity_id limit 1000) theirs
         where title_words(title) @@ to_tsquery('simple', left_over.words) limit 50) own)
      union
      (select own.* from unnest($5::text[]) as typed(prefix)
       cross join lateral (select id, title, rank, clause_type, entity_id, document_id from provision
         where id collate "C" >= typed.prefix and id collate "C" < typed.prefix || chr(1114111)
         order by id collate "C" limit 20) own)
    ) found
    order by (id = any($5)) desc, (lower(title) = lower($2)) desc, rank desc, title collate "C", id collate "C"
    limit $6) p
  join entity e on e.id = p.entity_id
  join document d on d.id = p.document_id
  order by (p.id = any($5)) desc, (lower(p.title) = lower($2)) desc, p.rank desc, p.title collate "C", p.id collate "C"`;

/**
 * Clause types by the words of their slugs, with the gravest rating in force; those of which nothing is in force are left
 * out. $1 tsquery of all words, $2 limit. Indexes: clause_type_words, provision_clause_type.
 */
const SEARCH_CLAUSE_TYPES = `
  select slug, case rank when 1 then 'low' when 2 then 'medium' else 'high' end as gravest
  from (select slug from clause_type where title_words(slug) @@ to_tsquery('simple', $1) limit 200) named
  cross join lateral (
    select rank from provision where clause_type = named.slug and rank > 0
    order by rank desc limit 1) rated
  order by rank desc, length(slug), slug collate "C" limit $2`;

/** What titles and ids are searched for. */
export type Sought = {
  /** Tsquery of all words; empty matches nothing. */
  words: string;
  typed: string;
  /** Entities whose names hold some of the words, and the tsquery of the others. */
  within: readonly { entityId: string; words: string }[];
  idPrefixes: readonly string[];
};

type OfEntity = { entityId: string; entityName: string };

/** @param any tsquery of any of the words; empty where they are one */
export async function searchEntities(
  sql: Sql,
  { words, typed }: Sought,
  any: string,
  most: [number, number],
) {
  return sql.query<{ id: string; name: string; exposure: number; isWhole: boolean }>(SEARCH_ENTITIES, [
    words,
    any,
    typed,
    ...most,
  ]);
}

export async function searchDocuments(sql: Sql, sought: Sought, limit: number) {
  return sql.query<OfEntity & { id: string; title: string; exposure: number }>(SEARCH_DOCUMENTS, [
    ...parametersOf(sought),
    limit,
  ]);
}

export async function searchProvisions(sql: Sql, sought: Sought, limit: number) {
  return sql.query<
    OfEntity & {
      id: string;
      title: string;
      clauseType: string;
      severity: Severity | null;
      documentId: string;
      documentTitle: string;
    }
  >(SEARCH_PROVISIONS, [...parametersOf(sought), limit]);
}

export async function searchClauseTypes(sql: Sql, words: string, limit: number) {
  return sql.query<{ slug: string; gravest: Severity }>(SEARCH_CLAUSE_TYPES, [words, limit]);
}

function parametersOf({ words, typed, within, idPrefixes }: Sought): unknown[] {
  return [words, typed, within.map((one) => one.entityId), within.map((one) => one.words), idPrefixes];
}
