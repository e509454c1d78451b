import { DateTime } from 'luxon';
import { Problem } from '../../platform/http/problem.js';

/** The instant of a local time as `<input type=datetime-local>` gives it. @param zone IANA name @throws Problem 422 for none */
export function instantOf(text: string, zone: string): Date {
  const isLocal = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text);
  const local = DateTime.fromISO(text, { zone });
  if (isLocal && local.isValid) return local.toJSDate();
  const message = 'must be a date and a time such as 2026-03-24 09:00';
  throw new Problem(422, 'The time is not whole.', [{ path: 'since', message }]);
}
