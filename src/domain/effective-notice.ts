import { plural } from './wording.js';

const dayMs = 86_400_000;

/** How long before it takes effect a change was posted. */
export type EffectiveNotice = {
  /** Whole days from the day of posting (UTC) to the one on which it takes effect; negative when that was before. */
  days: number;
  /** The same for people, such as "30 days' notice". */
  words: string;
};

/**
 * @param posted RFC 3339: when the archive saw the change
 * @param effectiveAt YYYY-MM-DD
 * @returns null when nobody said when it takes effect
 * @throws RangeError for what is no time or no date
 */
export function effectiveNotice(posted: string, effectiveAt: string | null): EffectiveNotice | null {
  if (effectiveAt === null) return null;
  const days = dayOf(effectiveAt) - dayOf(posted);
  return { days, words: wordsOf(days) };
}

/** The day's number since 1970-01-01, in UTC. */
function dayOf(time: string): number {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw new RangeError(`"${time}" is neither a time nor a date`);
  return Math.floor(ms / dayMs);
}

function wordsOf(days: number): string {
  if (days > 0) return days === 1 ? "1 day's notice" : `${days} days' notice`;
  if (days === 0) return 'takes effect at once, without notice';
  return `took effect ${plural(-days, 'day', 'days')} before it was posted`;
}
