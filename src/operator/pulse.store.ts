import type { Sql } from '../platform/database.js';

/**
 * Attempts by hour, lane and how they ended, out of the tallies of the minutes: some thousand rows a day. $1 from (exclusive), $2 to
 * (inclusive). Index: the primary key of throughput.
 */
const LIST_HOURS = `
  select lane, (floor(extract(epoch from ($2::timestamptz - minute)) / 3600))::integer as "hoursAgo",
    sum(delivered)::integer as delivered, sum(failed)::integer as failed
  from throughput where minute > $1 and minute <= $2 group by 1, 2 order by 1, 2`;

/** When an attempt was last recorded, and by how many processes within the time. $1 from (exclusive), $2 to (inclusive). The same index. */
const LAST_SIGN = `
  select max(minute) as "lastMinute", count(distinct process)::integer as processes
  from throughput where minute > $1 and minute <= $2`;

/** What came in, in a time. $1 from (exclusive), $2 to (inclusive). Index: change_received. */
const COUNT_INTAKE = `
  select count(*)::integer as changes, count(*) filter (where late)::integer as late,
    count(*) filter (where gap)::integer as gaps, count(*) filter (where silent)::integer as silent
  from change where received_at > $1 and received_at <= $2`;

/**
 * Why changes alerted nobody, by the day they came in. Counts as COUNT_SUPPRESSED does, but for what nobody wanted. $1 from (exclusive), $2
 * to (inclusive). Index: change_received.
 */
const LIST_SUPPRESSED_DAYS = `
  select day, reason, count(*)::integer as count from (
    select to_char(received_at, 'YYYY-MM-DD') as day, case
      when silent then 'silent'
      when late then 'late'
      when verdict = 'quiet' then 'flapping'
      when verdict = 'reverted' then 'reverted'
      when undone_by is not null and not exists (select from alert where revision_id = c.revision_id) then 'reverted'
      when retracted_at is not null and not exists (select from alert where revision_id = c.revision_id) then 'retracted'
      when kind = 'cosmetic' then 'cosmetic' end as reason
    from change c where received_at > $1 and received_at <= $2) judged
  where reason is not null group by 1, 2 order by 1 desc, 2`;

export type HourRow = { lane: string; hoursAgo: number; delivered: number; failed: number };
export type SuppressedDay = { day: string; reason: string; count: number };

export async function listHours(sql: Sql, from: Date, to: Date): Promise<HourRow[]> {
  return sql.query<HourRow>(LIST_HOURS, [from, to]);
}

export async function lastSign(sql: Sql, from: Date, to: Date) {
  const [row] = await sql.query<{ lastMinute: Date | null; processes: number }>(LAST_SIGN, [from, to]);
  return row ?? { lastMinute: null, processes: 0 };
}

export async function countIntake(sql: Sql, from: Date, to: Date) {
  type Row = { changes: number; late: number; gaps: number; silent: number };
  const [row] = await sql.query<Row>(COUNT_INTAKE, [from, to]);
  return row ?? { changes: 0, late: 0, gaps: 0, silent: 0 };
}

export async function listSuppressedDays(sql: Sql, from: Date, to: Date): Promise<SuppressedDay[]> {
  return sql.query<SuppressedDay>(LIST_SUPPRESSED_DAYS, [from, to]);
}
