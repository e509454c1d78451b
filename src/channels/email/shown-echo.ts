import type { EchoContent } from '../../domain/echo-content.js';
import { echoSentence, echoWords, firstEffectiveDay } from '../../domain/echo-words.js';
import { effectiveNotice } from '../../domain/effective-notice.js';
import { capitalised } from '../../domain/sentence.js';
import { shownProse } from '../../domain/shown-text.js';
import { instantWords, plural } from '../../domain/wording.js';
import { shownAlert } from './shown-alert.js';

const longestReason = 700;
/** Changes that undid it, which are named: a handful undo even a big revision. */
const mostNamed = 5;

/** What became of an alert as a mail says it, in HTML and in plain text alike. */
export type ShownEcho = ReturnType<typeof shownEcho>;

export function shownEcho(content: EchoContent) {
  const { about, reason, by } = content;
  const alert = shownAlert({ ...content, kind: 'alert', followUp: false });
  const lead = echoSentence(content);
  const holds = about === 'corrected' || about === 'reminder';
  return {
    ...alert,
    /** `Reverted` */
    tag: capitalised(about),
    /** Whether what was told still holds, so that it is worth telling in full. */
    holds,
    // What is no longer so takes no effect.
    when: holds ? alert.when : alert.seen,
    title: `${about === 'reminder' ? reminderTitle(content) : echoWords[about]}: ${alert.title}`,
    lead,
    reason: reason === null ? null : shownProse(reason, longestReason),
    by: by
      .slice(0, mostNamed)
      .map(({ url, time }) => ({ words: `the change of ${instantWords(time)}`, url })),
    preheader: lead,
  };
}

/** "Takes effect in 7 days". */
function reminderTitle({ at, changes }: EchoContent): string {
  const { days = 0 } = effectiveNotice(at, firstEffectiveDay(changes)) ?? {};
  return days > 0 ? `Takes effect in ${plural(days, 'day', 'days')}` : echoWords.reminder;
}
