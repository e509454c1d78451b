import { z } from 'zod';
import { LocalTime, weekdays } from './cadence.js';
import { LocalTimeZone, minutesOf, minutesOfDay, weekdayOf, type LocalDay } from './local-time.js';

const minutesOfWeek = 7 * minutesOfDay;

/** The end of a day is `24:00`, so that a whole day is quiet from `00:00` to `24:00`. */
const EndOfWindow = z.union([LocalTime, z.literal('24:00')]);

const fromAndTo = { from: LocalTime, to: EndOfWindow };
const isSome = ({ from, to }: { from: string; to: string }) => from !== to;
const noTime = { path: ['to'], error: 'must differ from "from": no time of day would be left' };
const Window = z.strictObject(fromAndTo).refine(isSome, noTime);

const Windows = z.strictObject({
  ...fromAndTo,
  breakThrough: z.literal('high').nullable().default(null),
  days: z.partialRecord(z.enum(weekdays), Window.nullable()).optional(),
});
type Windows = z.infer<typeof Windows>;

/**
 * When an account wants no alerts, in local time. `to` before `from` runs over midnight. What `breakThrough` names goes
 * out all the same; null lets nothing through. `days` replaces the window that begins on a weekday; null leaves it out.
 */
export const QuietHours = Windows.refine(isSome, noTime).refine(
  (hours) => quietMinutes(hours) < minutesOfWeek,
  'must leave some time of the week in which alerts may go out',
);
export type QuietHours = z.infer<typeof QuietHours>;

/**
 * Until when it is quiet. Windows that touch or overlap are one.
 *
 * @param timeZone IANA name
 * @returns the end of the quiet time that `at` lies in; null when it lies in none
 */
export function quietUntil(hours: QuietHours, timeZone: string, at: Date): Date | null {
  const zone = new LocalTimeZone(timeZone);
  const today = zone.dayAt(at.getTime());
  let until = at.getTime();
  // A window that began yesterday may last into today. Those of a week leave some time, so this ends.
  for (let day = today - 1; day <= zone.dayAt(until); day++) {
    const window = windowOf(hours, day);
    const begin = window && zone.instantOf(day, window.from);
    if (begin === null || begin > until) continue;
    until = Math.max(until, endOf(zone, day, window?.to ?? 0));
  }
  return until > at.getTime() ? new Date(until) : null;
}

/** In minutes after the midnight that the day begins with; `to` is after `from`, and beyond the day when it runs over midnight. */
type DayWindow = { from: number; to: number };

function windowOf({ from, to, days }: Windows, day: LocalDay): DayWindow | null {
  const own = days?.[weekdayOf(day)];
  if (own === null) return null;
  const [begin, end] = [minutesOf(own?.from ?? from), minutesOf(own?.to ?? to)];
  return { from: begin, to: end > begin ? end : end + minutesOfDay };
}

/** A day that the zone leaves out ends no window: the next one does, when it begins. */
function endOf(zone: LocalTimeZone, day: LocalDay, to: number): number {
  const lastDay = day + Math.floor(to / minutesOfDay);
  return zone.instantOf(lastDay, to % minutesOfDay) ?? zone.instantOf(lastDay + 1, 0) ?? 0;
}

/** How many minutes of a week without a change of the clock are quiet. */
function quietMinutes(hours: Windows): number {
  const quiet = new Set<number>();
  for (let day = 0; day < 7; day++) {
    const window = windowOf(hours, day);
    for (let minute = window?.from ?? 0; minute < (window?.to ?? 0); minute++) {
      quiet.add((day * minutesOfDay + minute) % minutesOfWeek);
    }
  }
  return quiet.size;
}
