import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { ChangeId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/**
 * Changes by when they were seen, newest first, without their texts. $1 entity, $2 clause type, $3 higher rank of both sides,
 * $4 sign of the change of rank, each or null; $5 and $6 time and id of the last one shown, or null; $7 limit.
 * Indexes: change_newest, change_entity_newest, change_clause_type_newest, change_severity_newest: a filter that is null
 * falls away when the statement is planned, which is at each call.
 */
const LIST_RECENT = `
  select id, time, time::text as "exactTime", labels, kind, before_rank as "beforeRank", after_rank as "afterRank", late,
    effective_at as "effectiveAt", undone_by is not null as reverted, retracted_at is not null as retracted
  from change
  where ($1::text is null or entity_id = $1)
    and ($2::text is null or labels -> 'provision' ->> 'clauseType' = $2)
    and ($3::integer is null or greatest(before_rank, after_rank) = $3)
    and ($4::integer is null or sign(after_rank - before_rank) = $4)
    and ($5::timestamptz is null or (time, id) < ($5, $6::bigint))
  order by time desc, id desc limit $7`;

export type RecentRow = {
  id: ChangeId;
  time: Date;
  /** To the microsecond, for the cursor. */
  exactTime: string;
  labels: ChangeLabels;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  late: boolean;
  effectiveAt: string | null;
  reverted: boolean;
  retracted: boolean;
};

export type RecentFilters = {
  entity: string | null;
  clauseType: string | null;
  rank: Rank | null;
  sign: -1 | 0 | 1 | null;
};

export async function listRecent(
  sql: Sql,
  { entity, clauseType, rank, sign }: RecentFilters,
  after: readonly [time: string, id: string] | null,
  limit: number,
): Promise<RecentRow[]> {
  return sql.query<RecentRow>(LIST_RECENT, [
    entity,
    clauseType,
    rank,
    sign,
    after?.[0] ?? null,
    after?.[1] ?? null,
    limit,
  ]);
}
