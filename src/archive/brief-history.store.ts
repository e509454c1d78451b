import type { ChangeKind } from '../domain/delta.js';
import type { ChangeId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/** The newest changes of an entity, without their texts. $1 entity, $2 limit. Index: change_entity. */
const NEWEST_OF_ENTITY = `
  select id, time, kind, before_rank as "beforeRank", after_rank as "afterRank", late,
    undone_by is not null as undone, retracted_at is not null as retracted,
    provision_id as "provisionId", labels -> 'provision' ->> 'title' as "provisionTitle",
    document_id as "documentId", labels -> 'document' ->> 'title' as "documentTitle"
  from change where entity_id = $1 order by id desc limit $2`;

/**
 * The changes of a document, the newest first, without their texts. $1 document, $2 id of the last one shown or null, $3 limit.
 * Index: change_document.
 */
const CHANGES_OF_DOCUMENT = `
  select id, time, kind, before_rank as "beforeRank", after_rank as "afterRank", late,
    undone_by is not null as undone, retracted_at is not null as retracted,
    provision_id as "provisionId", labels -> 'provision' ->> 'title' as "provisionTitle",
    document_id as "documentId", labels -> 'document' ->> 'title' as "documentTitle"
  from change where document_id = $1 and id < coalesce($2, 9223372036854775807) order by id desc limit $3`;

/**
 * What is to take effect in a document, the next first. $1 document, $2 today, $3 limit. Index: provision_document.
 */
const TO_TAKE_EFFECT = `
  select id, title, effective_at as "effectiveAt" from provision
  where document_id = $1 and effective_at >= $2::date
  order by effective_at, title collate "C", id collate "C" limit $3`;

/**
 * How the severity of a provision moved, the newest first: what came in late moved nothing, and what was retracted never
 * was. $1 provision, $2 limit. Index: change_provision.
 */
const SEVERITY_STEPS = `
  select id, time, kind, before_rank as "beforeRank", after_rank as "afterRank"
  from change where provision_id = $1 and not late and retracted_at is null
  order by time desc, id desc limit $2`;

export type StepRow = { id: ChangeId; time: Date; kind: ChangeKind; beforeRank: Rank; afterRank: Rank };

export type BriefRow = StepRow & {
  late: boolean;
  undone: boolean;
  retracted: boolean;
  provisionId: string;
  provisionTitle: string;
  documentId: string;
  documentTitle: string;
};

export async function newestOfEntity(sql: Sql, entityId: string, limit: number) {
  return sql.query<BriefRow>(NEWEST_OF_ENTITY, [entityId, limit]);
}

/** @param after id of the last one shown; null from the newest on */
export async function changesOfDocument(sql: Sql, documentId: string, after: string | null, limit: number) {
  return sql.query<BriefRow>(CHANGES_OF_DOCUMENT, [documentId, after, limit]);
}

export async function toTakeEffect(sql: Sql, documentId: string, today: string, limit: number) {
  return sql.query<{ id: string; title: string; effectiveAt: string }>(TO_TAKE_EFFECT, [
    documentId,
    today,
    limit,
  ]);
}

export async function severitySteps(sql: Sql, provisionId: string, limit: number) {
  return sql.query<StepRow>(SEVERITY_STEPS, [provisionId, limit]);
}
