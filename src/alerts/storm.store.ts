import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { AlertId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/** Ends a storm, so that later alerts begin another; waits for fan-out that adds to it. $1 summary, $2 now. */
const END_STORM = `update storm set ended_at = $2 where delivery_id = $1 and ended_at is null`;

/**
 * The alerts that a summary stands for, each with its gravest change, the gravest first, and how many there are in all.
 * $1 destination, $2 summary, $3 limit. Index: delivery_destination.
 */
const FIND_SUMMED_UP = `
  with told as (
    select al.id, al.created_at, al.change_ids from delivery d join alert al on al.id = d.alert_id
    where d.destination_id = $1 and d.summary_id = $2
  ), gravest as (
    select distinct on (told.id) told.id, told.created_at, cardinality(told.change_ids) as changes, c.labels, c.kind,
      c.before_rank, c.after_rank
    from told join change c on c.id = any (told.change_ids)
    order by told.id, greatest(c.before_rank, c.after_rank) desc, abs(c.after_rank - c.before_rank) desc, c.id
  )
  select id, changes, labels, kind, before_rank as "beforeRank", after_rank as "afterRank",
    (count(*) over ())::integer as "inAll", min(created_at) over () as "since"
  from gravest
  order by greatest(before_rank, after_rank) desc, abs(after_rank - before_rank) desc, id limit $3`;

export type SummedUpAlert = {
  id: AlertId;
  /** How many changes it has. */
  changes: number;
  labels: ChangeLabels;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  inAll: number;
  /** When the first of them all was made. */
  since: Date;
};

export async function endStorm(sql: Sql, summaryId: DeliveryId, now: Date): Promise<void> {
  await sql.execute(END_STORM, [summaryId, now]);
}

export async function findSummedUp(
  sql: Sql,
  destinationId: DestinationId,
  summaryId: DeliveryId,
  limit: number,
): Promise<SummedUpAlert[]> {
  return sql.query<SummedUpAlert>(FIND_SUMMED_UP, [destinationId, summaryId, limit]);
}
