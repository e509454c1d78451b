import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * The provisions of a clause type in force, the gravest first, then by entity. $1 clause type; $2, $3, $4 rank, entity and id
 * of the last one shown, or null; $5 limit. Index: provision_clause_type, in its order.
 */
const PAGE_OF_TYPE = `
  select p.id, p.title, p.rank, p.effective_at as "effectiveAt", e.id as "entityId", e.name as "entityName",
    d.id as "documentId", d.title as "documentTitle"
  from (
    select id, title, rank, effective_at, entity_id, document_id from provision
    where clause_type = $1 and rank > 0
      and ($2::smallint is null or (rank <= $2 and (rank < $2 or (entity_id, id) > ($3::text, $4::text))))
    order by rank desc, entity_id, id limit $5) p
  join entity e on e.id = p.entity_id
  join document d on d.id = p.document_id
  order by p.rank desc, p.entity_id, p.id`;

/**
 * The gravest that others have of a clause type. $1 clause type, $2 entity to leave out, $3 limit. Index:
 * provision_clause_type, in its order.
 */
const ELSEWHERE = `
  select p.id, p.title, p.rank, p.effective_at as "effectiveAt", e.id as "entityId", e.name as "entityName",
    d.id as "documentId", d.title as "documentTitle"
  from (
    select id, title, rank, effective_at, entity_id, document_id from provision
    where clause_type = $1 and rank > 0 and entity_id <> $2
    order by rank desc, entity_id, id limit $3) p
  join entity e on e.id = p.entity_id
  join document d on d.id = p.document_id
  order by p.rank desc, p.entity_id, p.id`;

export type RatedRow = {
  id: string;
  title: string;
  rank: Rank;
  effectiveAt: string | null;
  entityId: string;
  entityName: string;
  documentId: string;
  documentTitle: string;
};

export type TypeKey = readonly [rank: number, entityId: string, id: string];

export async function pageOfType(sql: Sql, slug: string, after: TypeKey | null, limit: number) {
  return sql.query<RatedRow>(PAGE_OF_TYPE, [
    slug,
    after?.[0] ?? null,
    after?.[1] ?? null,
    after?.[2] ?? null,
    limit,
  ]);
}

export async function listElsewhere(sql: Sql, slug: string, entityId: string, limit: number) {
  return sql.query<RatedRow>(ELSEWHERE, [slug, entityId, limit]);
}
