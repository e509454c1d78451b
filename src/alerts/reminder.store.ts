import type { Sql } from '../platform/database.js';

/**
 * Claims the rises that take effect within so many days and of which nobody was reminded, and leaves an echo for each revision and
 * day. Only what stands, was told, and was posted long enough before the reminder is due: who heard of it two days ago needs no
 * reminder. A revision is claimed as a whole, so that its changes are told together; one that another machine holds is passed
 * over. $1 now, $2 days before, $3 today (UTC), $4 days from posting to the reminder, $5 limit. Indexes: change_to_remind, the
 * primary keys.
 */
const REMIND = `
  with due as materialized (
    select id, revision_id from change
    where effective_at > $3::date and effective_at <= $3::date + $2::integer and after_rank > before_rank
      and reminded_at is null
      and time <= (effective_at - $2::integer - $4::integer)::timestamp at time zone 'UTC'
      and not late and not silent and verdict in ('news', 'flapping') and undone_by is null and retracted_at is null
    order by effective_at, revision_id limit $5
  ), claimed as materialized (
    select id from revision where id in (select revision_id from due) for update skip locked
  ), reminded as (
    update change set reminded_at = $1 from due join claimed on claimed.id = due.revision_id
    where change.id = due.id and change.reminded_at is null
    returning change.id, change.revision_id, change.effective_at
  ), made as (
    insert into echo (kind, revision_id, change_ids, at, made_at)
    select 'reminder', revision_id, array_agg(id order by id), (effective_at - $2::integer)::timestamp at time zone 'UTC', $1
    from reminded group by revision_id, effective_at
  )
  select count(*)::integer as count from reminded`;

/** @returns how many changes are reminded of */
export async function remind(
  sql: Sql,
  terms: { now: Date; daysBefore: number; today: string; daysPosted: number; limit: number },
): Promise<number> {
  const { now, daysBefore, today, daysPosted, limit } = terms;
  const [row] = await sql.query<{ count: number }>(REMIND, [now, daysBefore, today, daysPosted, limit]);
  return row?.count ?? 0;
}
