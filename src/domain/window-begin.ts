import { windowEnd, type DigestCadence } from './digest-window.js';

const hourMs = 3_600_000;
/** Longer than any window lasts, so that another one ends in between. */
const lookbackMs = { hourly: 3 * hourMs, daily: 3 * 24 * hourMs, weekly: 17 * 24 * hourMs } as const;

/**
 * When the window that ends at `end` began, which is when the one before it ended.
 *
 * @param timeZone IANA name
 */
export function windowBegin(cadence: DigestCadence, timeZone: string, end: Date): Date {
  let begin = windowEnd(cadence, timeZone, new Date(end.getTime() - lookbackMs[cadence.mode]));
  for (;;) {
    const next = windowEnd(cadence, timeZone, begin);
    if (next >= end) return begin;
    begin = next;
  }
}
