import { z } from 'zod';
import { Problem } from '../platform/http/problem.js';

/** Whoever wants silence for longer wants no watchlist, and would have forgotten it. */
const longestDays = 366;
const dayMs = 86_400_000;

/** Until when a watchlist is to lead to nothing; null wakes it. */
export const SnoozedUntil = z.iso
  .datetime({ offset: true, error: 'must be a time such as 2026-03-24T09:00:00Z, or null' })
  .transform((text) => new Date(text))
  .nullable()
  .describe('until when it leads to nothing, at most a year ahead; null wakes it');

/** @throws Problem 422 for a time that has passed, or lies more than a year ahead */
export function requireSnooze(until: Date, now: Date): void {
  const ms = until.getTime() - now.getTime();
  if (ms > 0 && ms <= longestDays * dayMs) return;
  throw new Problem(422, 'The request is not valid: see errors.', [
    { path: 'snoozedUntil', message: 'must lie in the future, at most a year ahead' },
  ]);
}

/** The watchlist as it is shown: a snooze that is over is none. */
export function awake<Shown extends { snoozedUntil: string | null }>(watchlist: Shown, now: Date): Shown {
  const { snoozedUntil } = watchlist;
  const isOver = snoozedUntil !== null && new Date(snoozedUntil) <= now;
  return isOver ? { ...watchlist, snoozedUntil: null } : watchlist;
}
