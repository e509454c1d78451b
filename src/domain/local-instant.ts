import { LocalTimeZone, minutesOf } from './local-time.js';

const dayMs = 86_400_000;

/**
 * The instant of a date and a time on somebody's wall clock, as browsers send them.
 *
 * @param text `YYYY-MM-DDThh:mm` @param timeZone IANA name
 * @returns null for what is none, or for a day that the zone left out
 */
export function instantAt(text: string, timeZone: string): Date | null {
  const [, date = '', time = ''] =
    /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::\d\d)?$/.exec(text) ?? [];
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  const instant = new LocalTimeZone(timeZone).instantOf(midnight / dayMs, minutesOf(time));
  return instant === null ? null : new Date(instant);
}
