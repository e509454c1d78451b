import type { AccountId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';

/**
 * What moved in the documents that an account follows, by week: those that it follows themselves or by their entity, or all when it
 * follows everything. Of documents that it follows no more of than some provisions, these alone count. The last row, without a week,
 * has the exposure as it is now.
 * $1 account, $2 the first Monday, a date.
 * Indexes: follow_account, document_entity, the primary keys, document_week_week, change_provision.
 */
const FIND_TREND = `
  with followed as materialized (
    select distinct kind, key from follow where account_id = $1 and kind in ('everything', 'entity', 'document', 'provision')
  ), everything as materialized (
    select exists (select from followed where kind = 'everything') as yes
  ), whole as materialized (
    select d.id, d.exposure from followed f join document d on d.id = f.key
    where f.kind = 'document' and not (select yes from everything)
    union
    select d.id, d.exposure from followed f join document d on d.entity_id = f.key
    where f.kind = 'entity' and not (select yes from everything)
  ), alone as materialized (
    select p.id, p.rank from followed f join provision p on p.id = f.key
    where f.kind = 'provision' and not (select yes from everything)
      and not exists (select from whole where whole.id = p.document_id)
  ), weeks as (
    select w.week, sum(w.moved)::integer as moved, sum(w.low)::integer as low, sum(w.medium)::integer as medium,
      sum(w.high)::integer as high
    from document_week w where w.week >= $2::date and (select yes from everything)
    group by w.week
    union all
    select w.week, sum(w.moved)::integer, sum(w.low)::integer, sum(w.medium)::integer, sum(w.high)::integer
    from whole join document_week w on w.document_id = whole.id and w.week >= $2::date
    group by w.week
    union all
    select week_of(c.time),
      (sum((array[0, 1, 3, 9])[c.after_rank + 1] - (array[0, 1, 3, 9])[c.before_rank + 1]) filter (where not c.late))::integer,
      (count(*) filter (where c.kind <> 'cosmetic' and greatest(c.before_rank, c.after_rank) = 1))::integer,
      (count(*) filter (where c.kind <> 'cosmetic' and greatest(c.before_rank, c.after_rank) = 2))::integer,
      (count(*) filter (where c.kind <> 'cosmetic' and greatest(c.before_rank, c.after_rank) = 3))::integer
    from alone join change c on c.provision_id = alone.id and c.time >= $2::date and c.retracted_at is null
    group by 1
  )
  select to_char(week, 'YYYY-MM-DD') as week, coalesce(sum(moved), 0)::integer as moved, sum(low)::integer as low,
    sum(medium)::integer as medium, sum(high)::integer as high
  from weeks group by week
  union all
  select null, (case when (select yes from everything) then (select coalesce(sum(exposure), 0) from document)
    else (select coalesce(sum(exposure), 0) from whole)
      + (select coalesce(sum((array[0, 1, 3, 9])[rank + 1]), 0) from alone) end)::integer, 0, 0, 0
  order by week nulls last`;

/** A week of changes: by how much exposure moved, and how many changes of which severity there were. */
export type WeekRow = { week: string; moved: number; low: number; medium: number; high: number };

/** @param from a Monday, `YYYY-MM-DD` @returns the weeks in which something changed, oldest first, and the exposure now */
export async function findTrend(
  sql: Sql,
  accountId: AccountId,
  from: string,
): Promise<{ weeks: WeekRow[]; exposure: number }> {
  const rows = await sql.query<Omit<WeekRow, 'week'> & { week: string | null }>(FIND_TREND, [
    accountId,
    from,
  ]);
  const weeks = rows.filter((row): row is WeekRow => row.week !== null);
  return { weeks, exposure: rows.find(({ week }) => week === null)?.moved ?? 0 };
}
