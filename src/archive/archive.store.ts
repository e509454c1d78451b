import type { Analysis, Capture } from '../domain/provision-event.js';
import type { Rank, Severity } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * A page of entities by name. The order is by code point, so that pages fit together whatever the database's collation.
 * $1 part of a name or id, or null; $2, $3 name and id of the last one shown, or null; $4 limit. Reads every entity's
 * name: there are thousands at most.
 */
const LIST_ENTITIES = `
  select e.id, e.name, e.exposure, d.documents, p.provisions
  from (
    select id, name, exposure from entity
    where ($1::text is null or strpos(lower(name), lower($1)) > 0 or strpos(lower(id), lower($1)) > 0)
      and ($3::text is null or (name collate "C", id collate "C") > ($2::text, $3))
    order by name collate "C", id collate "C"
    limit $4) e
  cross join lateral (select count(*)::integer as documents from document where entity_id = e.id) d
  cross join lateral (select count(*)::integer as provisions from provision where entity_id = e.id) p
  order by e.name collate "C", e.id collate "C"`;

/** $1 id. */
const FIND_ENTITY = `select id, name, exposure from entity where id = $1`;

/** The documents of an entity with their ratings. $1 entity. Indexes: document_entity, provision_document. */
const LIST_DOCUMENTS = `
  select d.id, d.title, d.exposure, d.last_verified_at as "verifiedAt", d.unreachable_since as "unreachableSince",
    d.unreachable_detail as "unreachableDetail", p.provisions, p.low, p.medium, p.high
  from document d cross join lateral (
    select count(*)::integer as provisions,
      count(*) filter (where rank = 1)::integer as low,
      count(*) filter (where rank = 2)::integer as medium,
      count(*) filter (where rank = 3)::integer as high
    from provision where document_id = d.id) p
  where d.entity_id = $1
  order by d.title collate "C", d.id collate "C"`;

/** $1 id. */
const FIND_DOCUMENT = `
  select d.id, d.title, d.url, d.last_updated as "lastUpdated", d.exposure, d.last_verified_at as "verifiedAt",
    d.unreachable_since as "unreachableSince", d.unreachable_detail as "unreachableDetail", e.id as "entityId", e.name as "entityName"
  from document d join entity e on e.id = d.entity_id
  where d.id = $1`;

/** The provisions of a document, gravest first. $1 document. Index: provision_document. */
const LIST_PROVISIONS = `
  select id, title, clause_type as "clauseType", categories, rank
  from provision where document_id = $1
  order by rank desc, title collate "C", id collate "C"`;

/** One provision, and how other entities rate its clause type. $1 id. Index: provision_clause_type. */
const FIND_PROVISION = `
  select p.id, p.title, p.clause_type as "clauseType", p.categories, p.url, p.rank, p.text, p.capture, p.analysis,
    p.effective_at as "effectiveAt", p.state_at as since, e.id as "entityId", e.name as "entityName",
    d.id as "documentId", d.title as "documentTitle", d.url as "documentUrl", s.lower, s.equal, s.higher
  from provision p
  join entity e on e.id = p.entity_id
  join document d on d.id = p.document_id
  cross join lateral (
    select count(*) filter (where other.rank < p.rank)::integer as lower,
      count(*) filter (where other.rank = p.rank)::integer as equal,
      count(*) filter (where other.rank > p.rank)::integer as higher
    from provision other
    where other.clause_type = p.clause_type and other.rank > 0 and other.entity_id <> p.entity_id) s
  where p.id = $1`;

/**
 * How a clause type is rated. $1 clause type. Index: provision_clause_type. The last column tells a type whose provisions
 * are all withdrawn from one that was never heard of.
 */
const RATE_CLAUSE_TYPE = `
  select low, medium, high, entities,
    exists (select from clause_type where slug = $1) as known
  from (
    select count(*) filter (where rank = 1)::integer as low,
      count(*) filter (where rank = 2)::integer as medium,
      count(*) filter (where rank = 3)::integer as high,
      count(distinct entity_id)::integer as entities
    from provision where clause_type = $1 and rank > 0) rated`;

/** The gravest provisions of a clause type. $1 clause type, $2 limit. Index: provision_clause_type. */
const LIST_OF_CLAUSE_TYPE = `
  select p.id, p.title, case p.rank when 1 then 'low' when 2 then 'medium' else 'high' end as severity,
    e.id as "entityId", e.name as "entityName", d.id as "documentId", d.title as "documentTitle"
  from provision p
  join entity e on e.id = p.entity_id
  join document d on d.id = p.document_id
  where p.clause_type = $1 and p.rank > 0
  order by p.rank desc, e.name collate "C", p.title collate "C", p.id collate "C"
  limit $2`;

type Seen = { verifiedAt: Date | null; unreachableSince: Date | null; unreachableDetail: string | null };
type Ratings = { low: number; medium: number; high: number };
type OfEntity = { entityId: string; entityName: string };
type EntityRow = { id: string; name: string; exposure: number };
type ProvisionRow = { id: string; title: string; clauseType: string; categories: string[]; rank: Rank };

export async function listEntities(
  sql: Sql,
  part: string | null,
  after: readonly [name: string, id: string] | null,
  limit: number,
) {
  return sql.query<EntityRow & { documents: number; provisions: number }>(LIST_ENTITIES, [
    part,
    after?.[0] ?? null,
    after?.[1] ?? null,
    limit,
  ]);
}

export async function findEntity(sql: Sql, id: string) {
  const [row] = await sql.query<EntityRow>(FIND_ENTITY, [id]);
  return row ?? null;
}

export async function listDocuments(sql: Sql, entityId: string) {
  return sql.query<Ratings & Seen & { id: string; title: string; exposure: number; provisions: number }>(
    LIST_DOCUMENTS,
    [entityId],
  );
}

export async function findDocument(sql: Sql, id: string) {
  const [row] = await sql.query<
    OfEntity &
      Seen & {
        id: string;
        title: string;
        url: string | null;
        lastUpdated: string | null;
        exposure: number;
      }
  >(FIND_DOCUMENT, [id]);
  return row ?? null;
}

export async function listProvisions(sql: Sql, documentId: string) {
  return sql.query<ProvisionRow>(LIST_PROVISIONS, [documentId]);
}

export async function findProvision(sql: Sql, id: string) {
  const [row] = await sql.query<
    ProvisionRow &
      OfEntity & {
        url: string | null;
        text: string | null;
        capture: Capture | null;
        analysis: Analysis | null;
        effectiveAt: string | null;
        since: Date;
        documentId: string;
        documentTitle: string;
        documentUrl: string | null;
        lower: number;
        equal: number;
        higher: number;
      }
  >(FIND_PROVISION, [id]);
  return row ?? null;
}

/** @returns null when no provision ever was of this type */
export async function rateClauseType(sql: Sql, slug: string) {
  const [row] = await sql.query<Ratings & { entities: number; known: boolean }>(RATE_CLAUSE_TYPE, [slug]);
  return row?.known ? row : null;
}

export async function listOfClauseType(sql: Sql, slug: string, limit: number) {
  return sql.query<
    OfEntity & { id: string; title: string; severity: Severity; documentId: string; documentTitle: string }
  >(LIST_OF_CLAUSE_TYPE, [slug, limit]);
}
