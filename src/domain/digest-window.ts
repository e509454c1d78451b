import type { Cadence } from './cadence.js';
import { LocalTimeZone, minutesOf, weekdayOf } from './local-time.js';

/** A cadence that gathers changes into digests. */
export type DigestCadence = Exclude<Cadence, { mode: 'instant' }>;

/** Longest that a window may last, in days: a week, a day that the zone leaves out, and a move to another zone. */
const daysAhead = 16;

/**
 * When the window that `after` lies in ends, and the next one begins. Windows follow on one another without a gap, whatever
 * the clock does: each begins where the last one ended.
 *
 * @param timeZone IANA name
 * @returns the first such instant after `after`
 */
export function windowEnd(cadence: DigestCadence, timeZone: string, after: Date): Date {
  const zone = new LocalTimeZone(timeZone);
  if (cadence.mode === 'hourly') return new Date(zone.nextHour(after.getTime()));
  const time = minutesOf(cadence.at);
  const today = zone.dayAt(after.getTime());
  for (let day = today - 1; day <= today + daysAhead; day++) {
    if (cadence.mode === 'weekly' && weekdayOf(day) !== cadence.on) continue;
    const instant = zone.instantOf(day, time);
    if (instant !== null && instant > after.getTime()) return new Date(instant);
  }
  throw new Error('no day of two weeks has such a time');
}
