import type { WeekRow } from './trend.store.js';

/** A week as charts show it. */
export type Week = {
  /** Its Monday, `YYYY-MM-DD`, in UTC. */
  week: string;
  /** At its end; of the week that is under way, now. */
  exposure: number;
  low: number;
  medium: number;
  high: number;
};

const dayMs = 86_400_000;

/** The Monday of a week, in UTC. @param back weeks before the one that `at` lies in */
export function mondayBefore(at: Date, back = 0): string {
  const day = Math.floor(at.getTime() / dayMs);
  const monday = day - ((day + 3) % 7) - back * 7;
  return new Date(monday * dayMs).toISOString().slice(0, 10);
}

/**
 * Every week up to the one that is under way, oldest first. Exposure is counted back from what it is now, so that the end of the line
 * is right whatever was recorded before; it is never below nothing.
 */
export function weekSeries(
  rows: readonly WeekRow[],
  { exposure, now, count }: { exposure: number; now: Date; count: number },
): Week[] {
  const known = new Map(rows.map((row) => [row.week, row]));
  const weeks: Week[] = [];
  let atEnd = exposure;
  // What is dated later than now is as good as of today.
  for (const row of rows) if (row.week > mondayBefore(now)) atEnd -= row.moved;
  for (let back = 0; back < count; back++) {
    const week = mondayBefore(now, back);
    const { moved = 0, low = 0, medium = 0, high = 0 } = known.get(week) ?? {};
    weeks.push({ week, exposure: Math.max(0, back === 0 ? exposure : atEnd), low, medium, high });
    atEnd -= moved;
  }
  return weeks.toReversed();
}
