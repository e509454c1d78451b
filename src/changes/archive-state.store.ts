import type { ProvisionEvent } from '../domain/provision-event.js';
import type { Transition } from '../domain/provision-state.js';
import { rankOf } from '../domain/severity.js';
import type { Transaction } from '../platform/database.js';

/** Names follow the newest event. $1 rows. */
const SAVE_ENTITIES = `
  update entity set name = given.name, updated_at = given.time
  from jsonb_to_recordset($1::jsonb) as given (id text, name text, time timestamptz)
  where entity.id = given.id and given.time >= entity.updated_at`;

/**
 * What a newer event says of a document; and that it was seen, whichever event is newer. $1 rows.
 */
const SAVE_DOCUMENTS = `
  insert into document (id, entity_id, title, url, last_updated, updated_at, last_verified_at)
  select id, "entityId", title, url, "lastUpdated", time, "verifiedAt"
  from jsonb_to_recordset($1::jsonb) as given (id text, "entityId" text, title text, url text, "lastUpdated" date,
    time timestamptz, "verifiedAt" timestamptz)
  on conflict (id) do update
  set (entity_id, title, url, last_updated, updated_at, last_verified_at) = (
    select case when newer then excluded.entity_id else document.entity_id end,
      case when newer then excluded.title else document.title end,
      case when newer then coalesce(excluded.url, document.url) else document.url end,
      case when newer then coalesce(excluded.last_updated, document.last_updated) else document.last_updated end,
      greatest(document.updated_at, excluded.updated_at),
      greatest(document.last_verified_at, excluded.last_verified_at)
    from (select excluded.updated_at >= document.updated_at as newer) known)
  where excluded.updated_at >= document.updated_at
    or excluded.last_verified_at > coalesce(document.last_verified_at, '-infinity')`;

/** The new last known states. What an event says nothing about, its analysis say, stays. $1 rows. */
const SAVE_PROVISIONS = `
  insert into provision (id, document_id, entity_id, title, clause_type, categories, url, rank, text, capture, analysis,
    effective_at, state_at, past)
  select id, "documentId", "entityId", title, "clauseType", categories, url, rank, text, capture, analysis,
    "effectiveAt", time, past
  from jsonb_to_recordset($1::jsonb) as given (id text, "documentId" text, "entityId" text, title text,
    "clauseType" text, categories text[], url text, rank smallint, text text, capture jsonb, analysis jsonb,
    "effectiveAt" date, time timestamptz, past jsonb)
  on conflict (id) do update
  set document_id = excluded.document_id, entity_id = excluded.entity_id, title = excluded.title,
    clause_type = excluded.clause_type, categories = excluded.categories, url = coalesce(excluded.url, provision.url),
    rank = excluded.rank, text = excluded.text, capture = excluded.capture,
    analysis = coalesce(excluded.analysis, provision.analysis),
    effective_at = excluded.effective_at, state_at = excluded.state_at, past = excluded.past`;

/** What a provision left may be in other hands: wait for them, and sum up only then. $1 ids. */
const LOCK_DOCUMENTS = `select from document where id = any($1) order by id for no key update`;
/** $1 ids. */
const LOCK_ENTITIES = `select from entity where id = any($1) order by id for no key update`;

/** $1 document ids. Index: provision_document. */
const ROLL_UP_DOCUMENTS = `
  update document set exposure = coalesce(
    (select sum(case rank when 1 then 1 when 2 then 3 when 3 then 9 else 0 end)
     from provision where document_id = document.id), 0)
  where id = any($1)`;

/** $1 entity ids. Index: provision_entity. */
const ROLL_UP_ENTITIES = `
  update entity set exposure = coalesce(
    (select sum(case rank when 1 then 1 when 2 then 3 when 3 then 9 else 0 end)
     from provision where entity_id = entity.id), 0)
  where id = any($1)`;

/** What the archive looks like after a batch of transitions; `from` is where a provision was counted before. */
export type Moved = {
  event: ProvisionEvent;
  transition: Transition;
  from: { documentId: string; entityId: string } | null;
};

/**
 * Makes the documents exist and names newest; call before anything refers to them. A change shows that its document was seen.
 *
 * @param now what was seen later than that counts as seen now
 */
export async function saveNames(
  tx: Transaction,
  events: readonly ProvisionEvent[],
  now: Date,
): Promise<void> {
  const entities = newestById(events, (event) => event.data.entity.id);
  const documents = newestById(events, (event) => event.data.document.id);
  const seenAt = seenOf(events, now);
  await tx.execute(SAVE_ENTITIES, [
    JSON.stringify(entities.map(({ data, time }) => ({ id: data.entity.id, name: data.entity.name, time }))),
  ]);
  await tx.execute(SAVE_DOCUMENTS, [
    JSON.stringify(
      documents.map(({ data, time }) => ({
        ...data.document,
        entityId: data.entity.id,
        time,
        verifiedAt: seenAt.get(data.document.id),
      })),
    ),
  ]);
}

/** Saves the states that the moves ended in, and rolls exposure up anew from them. */
export async function saveStates(tx: Transaction, moves: readonly Moved[]): Promise<void> {
  const last = new Map(moves.map((move) => [move.event.data.provision.id, move]));
  const rows = [...last.values()]
    .map(({ event, transition }) => ({
      ...event.data.provision,
      documentId: event.data.document.id,
      entityId: event.data.entity.id,
      rank: rankOf(transition.after?.severity ?? null),
      text: transition.after?.text ?? null,
      capture: transition.after?.capture ?? null,
      analysis: event.data.analysis ?? null,
      effectiveAt: event.data.effectiveAt ?? null,
      time: event.time,
      past: transition.state.past,
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (rows.length === 0) return;
  await tx.execute(SAVE_PROVISIONS, [JSON.stringify(rows)]);
  const touched = moves.flatMap(({ event, from }) => [
    { documentId: event.data.document.id, entityId: event.data.entity.id },
    ...(from ? [from] : []),
  ]);
  await rollUp(
    tx,
    touched.map((one) => one.documentId),
    touched.map((one) => one.entityId),
  );
}

/** Sums exposure up anew from the provisions. */
export async function rollUp(
  tx: Transaction,
  documentIds: readonly string[],
  entityIds: readonly string[],
): Promise<void> {
  const documents = [...new Set(documentIds)];
  await tx.query(LOCK_DOCUMENTS, [documents]);
  await tx.execute(ROLL_UP_DOCUMENTS, [documents]);
  const entities = [...new Set(entityIds)];
  await tx.query(LOCK_ENTITIES, [entities]);
  await tx.execute(ROLL_UP_ENTITIES, [entities]);
}

/** When each document was last seen, as captured. */
function seenOf(events: readonly ProvisionEvent[], now: Date): Map<string, Date> {
  const seen = new Map<string, Date>();
  for (const { data, time } of events) {
    const at = Math.min(Date.parse(data.after?.capture?.capturedAt ?? time), now.getTime());
    const known = seen.get(data.document.id);
    if (!known || at > known.getTime()) seen.set(data.document.id, new Date(at));
  }
  return seen;
}

function newestById(
  events: readonly ProvisionEvent[],
  idOf: (event: ProvisionEvent) => string,
): ProvisionEvent[] {
  const newest = new Map<string, ProvisionEvent>();
  for (const event of events) {
    const known = newest.get(idOf(event));
    if (!known || Date.parse(event.time) >= Date.parse(known.time)) newest.set(idOf(event), event);
  }
  return [...newest.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event);
}
