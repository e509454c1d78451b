import { LocalTimeZone } from '../../domain/local-time.js';

const dayMs = 86_400_000;

/** When the month began that an instant lies in, on the wall clock of its reader. @param timeZone IANA name */
export function monthBegin(at: Date, timeZone: string): Date {
  const zone = new LocalTimeZone(timeZone);
  const day = zone.dayAt(at.getTime());
  const first = day - new Date(day * dayMs).getUTCDate() + 1;
  return new Date(zone.instantOf(first, 0) ?? first * dayMs);
}
