import { DateTime } from 'luxon';

const longestSeconds = 24 * 60 * 60;

/**
 * Seconds that a `Retry-After` header asks to wait, at most a day. Seconds or any of the three date forms of RFC 9110.
 *
 * @param at what a date counts from
 * @returns undefined when there is no header that says a time
 */
export function retryAfterSeconds(header: string | string[] | undefined, at: Date): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text), longestSeconds);
  const date = DateTime.fromHTTP(text);
  if (!date.isValid) return undefined;
  const seconds = Math.ceil((date.toMillis() - at.getTime()) / 1_000);
  return Math.min(Math.max(seconds, 0), longestSeconds);
}
