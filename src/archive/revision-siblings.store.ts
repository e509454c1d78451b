import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { ChangeId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * The other changes that came with one, in one revision of its document; what was taken back is not among them. $1 the
 * change, $2 limit. Indexes: the primary key, change_revision.
 */
const FIND_SIBLINGS = `
  select id, labels, kind, before_rank as "beforeRank", after_rank as "afterRank" from change
  where revision_id = (select revision_id from change where id = $1::bigint)
    and change.id <> $1::bigint and retracted_at is null
  order by change.id limit $2`;

/** The changes that one took back. $1 the change, $2 limit. Index: change_undone. */
const FIND_UNDONE = `
  select id, time from change where undone_by = $1::bigint order by time desc, change.id desc limit $2`;

type SiblingRow = {
  id: ChangeId;
  labels: ChangeLabels;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
};

export async function findSiblings(sql: Sql, changeId: string, limit: number): Promise<SiblingRow[]> {
  return sql.query<SiblingRow>(FIND_SIBLINGS, [changeId, limit]);
}

export async function findUndone(sql: Sql, changeId: string, limit: number) {
  return sql.query<{ id: ChangeId; time: Date }>(FIND_UNDONE, [changeId, limit]);
}
