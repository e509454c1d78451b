import { z } from 'zod';

/**
 * Whether `name` is a zone of the IANA database, such as `Europe/Berlin`. Offsets (`+02:00`) are none: they know no summer
 * time, though newer engines take them for a zone.
 */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The name of an IANA time zone. */
export const TimeZone = z.string().refine(isTimeZone, 'must be an IANA time zone such as "Europe/Berlin"');
