import type { Exposure, Standing } from './alert-content.js';
import type { ChangeKind, SeverityDelta } from './delta.js';
import { rankOf, type Severity } from './severity.js';
import type { LockablePart } from './tiers.js';

const severityWords = { low: 'Low', medium: 'Medium', high: 'High' } as const;

export function severityWord(severity: Severity | null): string {
  return severity === null ? 'Not in force' : severityWords[severity];
}

/** One to three filled dots: tells severities apart without colour. */
export function severityDots(severity: Severity | null): string {
  const rank = rankOf(severity);
  return '●'.repeat(rank) + '○'.repeat(3 - rank);
}

export const directionWords = { rise: 'rose', fall: 'fell', same: 'same rating' } as const;

export const kindWords: Readonly<Record<ChangeKind, string>> = {
  introduced: 'New clause',
  withdrawn: 'Clause withdrawn',
  escalated: 'Escalated',
  eased: 'Eased',
  reworded: 'Reworded',
  cosmetic: 'Cosmetic change',
};

export const partWords: Readonly<Record<LockablePart, string>> = {
  regulatoryCitations: 'Regulatory citations',
  complianceMemo: 'Compliance memo',
};

/** How severity moved as a sentence: "Rose from Medium to High". */
export function movement({ kind, before, after, direction }: SeverityDelta): string {
  if (kind === 'introduced') return `New, rated ${severityWord(after)}`;
  if (kind === 'withdrawn') return `Withdrawn, was rated ${severityWord(before)}`;
  if (direction === 'same') return `Still rated ${severityWord(after)}`;
  return `${direction === 'rise' ? 'Rose' : 'Fell'} from ${severityWord(before)} to ${severityWord(after)}`;
}

/** "Among 7 other platforms' clauses of this type: 4 are rated lower, 2 equal, 1 higher". */
export function standingSentence({ lower, equal, higher }: Standing): string {
  const others = lower + equal + higher;
  if (others === 0) return 'No other platform in the archive has a clause of this type.';
  if (others === 1) {
    const place = lower === 1 ? 'lower' : equal === 1 ? 'equal' : 'higher';
    return `The one other platform's clause of this type is rated ${place}.`;
  }
  const verb = lower === 1 ? 'is' : 'are';
  return `Among ${others} other platforms' clauses of this type: ${lower} ${verb} rated lower, ${equal} equal, ${higher} higher.`;
}

/** "up from 17 to 24": the weighted sum over the clauses in force. */
export function exposureWords({ before, after }: Exposure): string {
  if (before === after) return `unchanged at ${after}`;
  return `${after > before ? 'up' : 'down'} from ${before} to ${after}`;
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const pad = (value: number): string => String(value).padStart(2, '0');

/**
 * "4 May 2026, 09:00 UTC". Put together by hand, as the next is: a page has hundreds, and Luxon takes a tenth of a millisecond for
 * each. @param instant RFC 3339
 */
export function instantWords(instant: string): string {
  const at = new Date(instant);
  const date = dateWords(at);
  return date === null ? instant : `${date}, ${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())} UTC`;
}

/** "1 June 2026". @param day `YYYY-MM-DD` @returns what is no day as it is */
export function dayWords(day: string): string {
  return dateWords(new Date(day)) ?? day;
}

function dateWords(at: Date): string | null {
  const year = at.getUTCFullYear();
  if (Number.isNaN(year)) return null;
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${String(year).padStart(4, '0')}`;
}

/** "once", "twice", "3 times". */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
