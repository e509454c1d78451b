import { wentBack } from '../domain/delivery-verdict.js';
import type { Transaction } from '../platform/database.js';

/**
 * What a change undid stands again. Whoever was told of it hears how it reads now, as of a correction; what was cancelled because it
 * went back is due again, and what came in since $4 is fanned out once more to those who have no alert of it. Nobody hears of what
 * is taken back silently. $1 the change that undid, $2 at, $3 now, $4 since, $5 whether it is told, $6 reason of what was cancelled.
 * Indexes: change_undone, alert's and delivery's unique keys.
 */
const STAND_AGAIN = `
  with stands as (
    update change set undone_by = null where undone_by = $1
    returning id, revision_id, received_at,
      not late and not silent and verdict in ('news', 'flapping') and retracted_at is null as tellable
  ), told as materialized (
    select revision_id, array_agg(id order by id) as change_ids, max(received_at) >= $4 as fresh
    from stands where tellable and $5 group by revision_id
  ), echoed as (
    insert into echo (kind, revision_id, change_ids, at, made_at)
    select 'corrected', revision_id, change_ids, $2, $3 from told
  ), again as (
    update revision r set corrected_at = $3,
      first_planned_at = coalesce(r.first_planned_at, r.planned_at),
      retold_ids = case when coalesce(r.first_planned_at, r.planned_at) is not null and told.fresh
        then coalesce(r.retold_ids, '{}') || told.change_ids else r.retold_ids end,
      planned_at = case when told.fresh and not exists (select from fan_out_range where revision_id = r.id)
        then null else r.planned_at end
    from told where r.id = told.revision_id
  ), due as (
    update delivery d set state = 'due', reason = null, parcel_id = nextval('parcel_id_seq'), due_at = $3
    from told join alert al on al.revision_id = told.revision_id and al.change_ids && told.change_ids
    where d.alert_id = al.id and d.kind = 'alert' and d.state = 'cancelled' and d.reason = $6
    returning d.id, d.lane, d.parcel_id
  )
  insert into parcel (id, lane, first_id, last_id, due_at) select parcel_id, lane, id, id, $3 from due`;

/** Makes news of a change that took something back. $1 change. */
const MAKE_NEWS = `update change set verdict = 'news' where id = $1`;

/** @param silent whether nobody is told */
export async function standAgain(
  tx: Transaction,
  undoneBy: string,
  { at, now, freshSince, silent }: { at: string; now: Date; freshSince: Date; silent: boolean },
): Promise<void> {
  await tx.execute(STAND_AGAIN, [undoneBy, at, now, freshSince, !silent, wentBack]);
}

export async function makeNews(tx: Transaction, changeId: string): Promise<void> {
  await tx.execute(MAKE_NEWS, [changeId]);
}
