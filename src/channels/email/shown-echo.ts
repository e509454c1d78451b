import { effectiveNotice } from '../../domain/effective-notice.js';
import type { EchoContent } from '../../domain/echo-content.js';
import { shownProse } from '../../domain/shown-text.js';
import { dayWords, instantWords, movement, plural } from '../../domain/wording.js';
import { shownAlert } from './shown-alert.js';

const longestReason = 700;
/** Changes that undid it, which are named; a handful undo even a big revision. */
const mostNamed = 5;

/** What became of an alert as a mail says it, in HTML and in plain text alike. */
export type ShownEcho = ReturnType<typeof shownEcho>;

export function shownEcho(content: EchoContent) {
  const { about, changes, alertChanges, reason, by } = content;
  const alert = shownAlert({ ...content, kind: 'alert', followUp: false });
  const words = wordsOf(content);
  const isPart = about !== 'reminder' && changes.length < alertChanges;
  return {
    ...alert,
    /** `Reverted` */
    tag: `${about.charAt(0).toUpperCase()}${about.slice(1)}`,
    /** Whether what was told still holds, so that it is worth telling in full. */
    holds: about === 'corrected' || about === 'reminder',
    title: `${words.title}: ${alert.title}`,
    lead: words.lead,
    part: isPart
      ? `That is about ${changes.length} of the ${alertChanges} changes that this alert told you of; the rest stands.`
      : null,
    reason: reason === null ? null : shownProse(reason, longestReason),
    by: by.slice(0, mostNamed).map(({ url, time }) => ({
      words: `the change of ${instantWords(time)}`,
      url,
    })),
    preheader: words.lead,
  };
}

/** Its own words, one change or several. */
function wordsOf(content: EchoContent): { title: string; lead: string } {
  const [only] = content.changes;
  const at = instantWords(content.at);
  const isOne = content.changes.length === 1 && only !== undefined;
  const told = isOne ? `You were told: ${movement(only.delta)}.` : 'You were told of these changes.';
  switch (content.about) {
    case 'reverted': {
      const nowAs = isOne ? 'the clause is again as it was' : 'the clauses are again as they were';
      return {
        title: 'Went back',
        lead: `${told} ${isOne ? 'That' : 'They'} went back on ${at}: ${nowAs} before.`,
      };
    }
    case 'retracted':
      return {
        title: 'Taken back',
        lead: `${told} The archive took ${isOne ? 'that' : 'them'} back on ${at}: do not rely on it.`,
      };
    case 'corrected':
      return {
        title: 'Corrected',
        lead: `The archive corrected this on ${at}. What follows is what it says now.`,
      };
    case 'reminder':
      return reminderWords(content);
    default:
      return content.about satisfies never;
  }
}

function reminderWords({ at, changes }: EchoContent): { title: string; lead: string } {
  const [first = null] = changes.flatMap(({ effectiveAt }) => effectiveAt ?? []).toSorted();
  const notice = effectiveNotice(at, first);
  if (first === null || notice === null) {
    return { title: 'Takes effect soon', lead: 'You were alerted to this when it was posted.' };
  }
  const { days } = notice;
  const when = days > 0 ? `in ${plural(days, 'day', 'days')}` : days === 0 ? 'today' : null;
  const title = when === null ? 'Has taken effect' : `Takes effect ${when}`;
  return {
    title,
    lead: `${title}${when === null ? '' : ','} on ${dayWords(first)}. You were alerted to this when it was posted.`,
  };
}
