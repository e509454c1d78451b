import type { Sighting } from '../domain/sighting.js';
import type { Sql, Transaction } from '../platform/database.js';

/** Which of the events are new. In one order, so that two batches don't deadlock. $1 sources, $2 ids, $3 now. Index: the
 * primary key. */
const INSERT_EVENTS = `
  insert into coverage_event (source, event_id, received_at)
  select source, event_id, $3 from unnest($1::text[], $2::text[]) as given (source, event_id)
  order by source, event_id
  on conflict do nothing
  returning source, event_id as id`;

/** Locks none that is there: changes of the same entities go on meanwhile. $1 ids, $2 names, $3 times. */
const ENSURE_ENTITIES = `
  insert into entity (id, name, updated_at)
  select id, name, time from unnest($1::text[], $2::text[], $3::timestamptz[]) as given (id, name, time)
  where not exists (select from entity where entity.id = given.id)
  order by id
  on conflict (id) do nothing`;

/**
 * Names follow the newest event. One that says what is known already is not noted, so that checks cost no write.
 * $1 ids, $2 names, $3 times.
 */
const RENAME_ENTITIES = `
  with renamed as (
    select entity.id, given.name, given.time
    from unnest($1::text[], $2::text[], $3::timestamptz[]) as given (id, name, time)
    join entity on entity.id = given.id
    where entity.name <> given.name and given.time >= entity.updated_at
    order by entity.id for no key update of entity)
  update entity set name = renamed.name, updated_at = renamed.time from renamed where entity.id = renamed.id`;

/** $1 ids, $2 entities, $3 titles, $4 URLs or null, $5 times. */
const ENSURE_DOCUMENTS = `
  insert into document (id, entity_id, title, url, updated_at)
  select id, entity_id, title, url, time
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
    as given (id, entity_id, title, url, time)
  where not exists (select from document where document.id = given.id)
  order by id
  on conflict (id) do nothing`;

/** What is known of documents, which nobody else may move until the transaction ends. In one order. $1 ids. */
const LOCK_DOCUMENTS = `
  select id, entity_id as "entityId", title, url, updated_at as "updatedAt", reports_checks as "reportsChecks",
    last_verified_at as "verifiedAt", unreachable_at as "unreachableAt", unreachable_from as "unreachableFrom",
    unreachable_detail as detail
  from document where id = any ($1) order by id for no key update`;

/** $1 rows, of the fields of DocumentRow. */
const SAVE_DOCUMENTS = `
  update document
  set entity_id = given."entityId", title = given.title, url = given.url, updated_at = given."updatedAt",
    reports_checks = given."reportsChecks", last_verified_at = given."verifiedAt",
    unreachable_at = given."unreachableAt", unreachable_from = given."unreachableFrom", unreachable_detail = given.detail
  from jsonb_to_recordset($1::jsonb) as given (id text, "entityId" text, title text, url text, "updatedAt" timestamptz,
    "reportsChecks" boolean, "verifiedAt" timestamptz, "unreachableAt" timestamptz, "unreachableFrom" timestamptz,
    detail text)
  where document.id = given.id`;

/** Events so old that a repeat need not be told as one. Index: coverage_event_received. $1 before. */
const REMOVE_OLD_EVENTS = `delete from coverage_event where received_at < $1`;

/** A document as named by its newest event. */
export type NamedDocument = {
  id: string;
  title: string;
  url: string | null;
  entity: { id: string; name: string };
  time: Date;
};

export type DocumentRow = Sighting & {
  id: string;
  entityId: string;
  title: string;
  url: string | null;
  updatedAt: Date;
  reportsChecks: boolean;
};

/** @returns those that were not taken before */
export async function insertEvents(
  tx: Transaction,
  events: readonly { source: string; id: string }[],
  now: Date,
): Promise<{ source: string; id: string }[]> {
  return tx.query(INSERT_EVENTS, [events.map(({ source }) => source), events.map(({ id }) => id), now]);
}

/** Makes entities and documents exist. @param documents by id, each once */
export async function ensureDocuments(tx: Transaction, documents: readonly NamedDocument[]): Promise<void> {
  const entities = new Map<string, NamedDocument>();
  for (const document of documents) {
    const known = entities.get(document.entity.id);
    if (!known || document.time > known.time) entities.set(document.entity.id, document);
  }
  const named = [...entities.values()];
  const columns = [
    named.map(({ entity }) => entity.id),
    named.map(({ entity }) => entity.name),
    named.map(({ time }) => time),
  ];
  await tx.execute(ENSURE_ENTITIES, columns);
  await tx.execute(RENAME_ENTITIES, columns);
  await tx.execute(ENSURE_DOCUMENTS, [
    documents.map(({ id }) => id),
    documents.map(({ entity }) => entity.id),
    documents.map(({ title }) => title),
    documents.map(({ url }) => url),
    documents.map(({ time }) => time),
  ]);
}

export async function lockDocuments(tx: Transaction, ids: readonly string[]): Promise<DocumentRow[]> {
  return tx.query<DocumentRow>(LOCK_DOCUMENTS, [ids]);
}

export async function saveDocuments(tx: Transaction, rows: readonly DocumentRow[]): Promise<void> {
  await tx.execute(SAVE_DOCUMENTS, [JSON.stringify(rows)]);
}

export async function removeOldEvents(sql: Sql, before: Date): Promise<number> {
  return sql.execute(REMOVE_OLD_EVENTS, [before]);
}
