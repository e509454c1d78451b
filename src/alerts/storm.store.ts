import type { ChangeLabels } from '../changes/change-draft.js';
import type { ChangeKind } from '../domain/delta.js';
import type { AlertId, DeliveryId, DestinationId } from '../domain/ids.js';
import type { Rank } from '../domain/severity.js';
import type { Sql } from '../platform/database.js';

/** Ends a storm, so that later alerts begin another; waits for fan-out that adds to it. $1 summary, $2 now. */
const END_STORM = `update bundle set ended_at = $2 where delivery_id = $1 and ended_at is null`;

/**
 * Whether all that a summary stands for is muted; not so when none of it is left. Mutes are looked at only when the account
 * muted something since the alert was made (or in the minute before). $1 destination, $2 summary, $3 now. Index:
 * delivery_destination.
 */
const FIND_MUTED = `
  with told as (
    select al.id, al.created_at, case when coalesce(a.muted_at < al.created_at - interval '1 minute', true)
      then al.change_ids else unmuted_changes(al.account_id, al.change_ids, $3) end as change_ids
    from delivery d join alert al on al.id = d.alert_id join account a on a.id = al.account_id
    where d.destination_id = $1 and d.summary_id = $2)
  select coalesce(bool_and(cardinality(change_ids) = 0), false) as "isMuted" from told`;

/**
 * The alerts that a summary tells of, each with its gravest change, the gravest first, and how many there are in all. An alert
 * whose changes are all muted is none of them; of one that was undone in part it tells the rest. $1 destination, $2 summary, $3 now, $4 limit. Index: delivery_destination.
 */
const FIND_SUMMED_UP = `
  with heard as (
    select al.id, al.revision_id, al.created_at, case when coalesce(a.muted_at < al.created_at - interval '1 minute', true)
      then al.change_ids else unmuted_changes(al.account_id, al.change_ids, $3) end as change_ids
    from delivery d join alert al on al.id = d.alert_id join account a on a.id = al.account_id
    where d.destination_id = $1 and d.summary_id = $2
  ), told as (
    select heard.id, heard.created_at, case when r.undone_at is null then heard.change_ids
      else coalesce(nullif(standing_changes(heard.change_ids), '{}'), heard.change_ids) end as change_ids
    from heard join revision r on r.id = heard.revision_id
  ), gravest as (
    select distinct on (told.id) told.id, told.created_at, cardinality(told.change_ids) as changes, c.labels, c.kind,
      c.before_rank, c.after_rank
    from told join change c on c.id = any (told.change_ids)
    order by told.id, greatest(c.before_rank, c.after_rank) desc, abs(c.after_rank - c.before_rank) desc, c.id
  )
  select id, changes, labels, kind, before_rank as "beforeRank", after_rank as "afterRank",
    (count(*) over ())::integer as "inAll", min(created_at) over () as "since"
  from gravest
  order by greatest(before_rank, after_rank) desc, abs(after_rank - before_rank) desc, id limit $4`;

export type SummedUpAlert = {
  id: AlertId;
  /** How many changes it has that are not muted. */
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

/** Ends a storm whose alerts are all muted by now. @returns whether there is nothing to tell */
export async function endMuted(
  sql: Sql,
  { id, destinationId }: { id: DeliveryId; destinationId: DestinationId },
  now: Date,
): Promise<boolean> {
  const isMuted = async (): Promise<boolean> =>
    (await sql.query<{ isMuted: boolean }>(FIND_MUTED, [destinationId, id, now]))[0]?.isMuted === true;
  if (!(await isMuted())) return false;
  await endStorm(sql, id, now);
  // Asked again: an alert may have been added before the storm ended, and no other summary would tell of it.
  return isMuted();
}

export async function findSummedUp(
  sql: Sql,
  destinationId: DestinationId,
  summaryId: DeliveryId,
  { now, limit }: { now: Date; limit: number },
): Promise<SummedUpAlert[]> {
  return sql.query<SummedUpAlert>(FIND_SUMMED_UP, [destinationId, summaryId, now, limit]);
}
