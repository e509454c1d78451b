import { DateTime } from 'luxon';
import type { EchoContent } from './echo-content.js';
import type { EchoKind } from './echo-kind.js';
import { effectiveNotice } from './effective-notice.js';
import { dayWords, instantWords, plural } from './wording.js';

/** What became of an alert, in a word or two. */
export const echoWords: Readonly<Record<EchoKind, string>> = {
  reverted: 'Went back',
  retracted: 'Retracted',
  corrected: 'Corrected',
  reminder: 'Takes effect soon',
};

type Told = Pick<EchoContent, 'about' | 'at' | 'changes' | 'alertChanges'>;

/** What became of it, in a sentence or two. */
export function echoSentence(content: Told): string {
  const { about, at } = content;
  const which = whichOf(content);
  const isOne = content.changes.length === 1;
  switch (about) {
    case 'reverted':
      // Not "as before": what led there step by step went back as a whole.
      return `${which} went back on ${instantWords(at)}: ${isOne ? 'its provision reads' : 'their provisions read'} again as at an earlier time.${rest(content)}`;
    case 'retracted':
      return `The archive took back ${lowered(which)} on ${instantWords(at)}: what was told was wrong.${rest(content)}`;
    case 'corrected':
      return `The archive corrected ${lowered(which)} on ${instantWords(at)}. This is how it reads now.${rest(content)}`;
    case 'reminder':
      return `${which} ${isOne ? 'takes' : 'take'} effect ${soon(content)}.`;
    default:
      return about satisfies never;
  }
}

/** `YYYY-MM-DD`: the first day on which one of the changes takes effect; null when none says. */
export function firstEffectiveDay(changes: EchoContent['changes']): string | null {
  const days = changes.flatMap(({ effectiveAt }) => (effectiveAt === null ? [] : [effectiveAt]));
  return days.toSorted()[0] ?? null;
}

/** "in 7 days, on 1 June 2026". */
function soon({ at, changes }: Told): string {
  const day = firstEffectiveDay(changes);
  if (day === null || !DateTime.fromISO(day).isValid) return 'soon';
  const { days = 0 } = effectiveNotice(at, day) ?? {};
  return `${days > 0 ? `in ${plural(days, 'day', 'days')}, ` : ''}on ${dayWords(day)}`;
}

function whichOf({ changes, alertChanges }: Told): string {
  const { length } = changes;
  if (alertChanges <= 1) return 'The change that you were told of';
  if (length >= alertChanges) return `All ${length} changes that you were told of`;
  return `${length} of the ${alertChanges} changes that you were told of`;
}

function rest({ changes, alertChanges }: Told): string {
  return changes.length < alertChanges ? ' What else was told stands.' : '';
}

function lowered(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
