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

/** How far back from any instant a window surely ended. */
const lookbackMs: Readonly<Record<DigestCadence['mode'], number>> = {
  hourly: 3 * 3_600_000,
  daily: 3 * 86_400_000,
  weekly: daysAhead * 86_400_000,
};

/**
 * The window that an instant lies in, as if the windows had gone on for ever.
 *
 * @param timeZone IANA name
 * @returns `from` is at or before `at`, `until` after it
 */
export function windowAround(
  cadence: DigestCadence,
  timeZone: string,
  at: Date,
): { from: Date; until: Date } {
  let from = windowEnd(cadence, timeZone, new Date(at.getTime() - lookbackMs[cadence.mode]));
  for (;;) {
    const until = windowEnd(cadence, timeZone, from);
    if (until > at) return { from, until };
    from = until;
  }
}
