import { DateTime } from 'luxon';
import type { ChangeContent } from './alert-content.js';
import { effectiveNotice } from './effective-notice.js';
import { dayWords, instantWords, plural } from './wording.js';

/**
 * "posted 4 May 2026, takes effect 1 June 2026: 28 days' notice". What is no date is left out; nothing when neither is.
 *
 * @param change its `time` is when it was posted, as far as the archive saw it
 */
export function datesWords({ time, effectiveAt }: Pick<ChangeContent, 'time' | 'effectiveAt'>): string {
  const posted = DateTime.fromISO(time, { zone: 'utc' });
  if (!posted.isValid) return '';
  const said = `posted ${dayWords(time)}`;
  const isDay = effectiveAt !== null && DateTime.fromFormat(effectiveAt, 'yyyy-MM-dd').isValid;
  const notice = isDay ? effectiveNotice(time, effectiveAt) : null;
  if (effectiveAt === null || notice === null) return said;
  if (notice.days > 0) return `${said}, takes effect ${dayWords(effectiveAt)}: ${notice.words}`;
  return notice.days === 0
    ? `${said}, ${notice.words}`
    : `${said}, ${notice.words}: ${dayWords(effectiveAt)}`;
}

/** What a change of a provision that goes back and forth says of it; empty for any other. */
export function flappingWords(flapping: ChangeContent['flapping']): string {
  if (!flapping) return '';
  const times = plural(flapping.times, 'time', 'times');
  return `Goes back and forth: ${times} since ${dayWords(flapping.since)}. You hear of it again once it has stood still for 48 hours.`;
}

/** Of a change that no longer stands: "went back on 5 May 2026, 09:31 UTC". Empty while it stands. */
export function undoneWords({
  revertedAt,
  retractedAt,
}: Pick<ChangeContent, 'revertedAt' | 'retractedAt'>): string {
  if (retractedAt) return `retracted by the archive on ${instantWords(retractedAt)}`;
  return revertedAt ? `went back on ${instantWords(revertedAt)}` : '';
}
