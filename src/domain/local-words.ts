import { DateTime, IANAZone } from 'luxon';
import { plural } from './wording.js';

const day = 'cccc d LLLL yyyy';

/**
 * A span of time on the wall clock of its reader: "Sunday 3 May 2026, 08:00 to Monday 4 May 2026, 08:00 (Europe/Berlin)".
 * Where the clock was put forward or back in between, it says how far from UTC each end is.
 *
 * @param from RFC 3339 @param until RFC 3339 @param timeZone IANA name
 */
export function windowWords(from: string, until: string, timeZone: string): string {
  const [start, end] = [local(from, timeZone), local(until, timeZone)];
  const time = start.offset === end.offset ? 'HH:mm' : "HH:mm 'UTC'Z";
  const isOneDay = start.hasSame(end, 'day');
  return `${start.toFormat(`${day}, ${time}`)} to ${end.toFormat(isOneDay ? time : `${day}, ${time}`)} (${end.zoneName})`;
}

/** "4 May 2026, 11:00", on the wall clock of its reader. @param instant RFC 3339 @param timeZone IANA name */
export function localMomentWords(instant: string, timeZone: string): string {
  return local(instant, timeZone).toFormat('d LLLL yyyy, HH:mm');
}

/** "40 min ago", "3 h ago", "12 days ago": in the largest unit of which two have passed, rounded down. @param instant RFC 3339 @param now RFC 3339 */
export function agoWords(instant: string, now: string): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${plural(Math.floor(minutes / (24 * 60)), 'day', 'days')} ago`;
}

/**
 * A zone that this machine does not know any more is better read in UTC than not at all. Luxon keeps the zones that it has made, and
 * whether they are valid: to ask anew takes a third of a millisecond, for each time on a page.
 */
function local(instant: string, timeZone: string): DateTime {
  const zone = IANAZone.create(timeZone);
  return DateTime.fromISO(instant, { zone: zone.isValid ? zone : 'UTC', locale: 'en-GB' });
}
