import { SilenceReason, silenceWords } from '../domain/silence.js';
import type { JudgedChange } from './judged-change.store.js';
import type { WatchlistVerdict } from './silence-view.js';
import type { Why } from './why-view.js';

/** The answer in one sentence or two. @param judged null when no watchlist follows the change */
export function whyWords(
  judged: JudgedChange | null,
  watchlists: readonly WatchlistVerdict[],
): Pick<Why, 'outcome' | 'explanation' | 'reasons'> {
  if (judged?.isTold) {
    const names = watchlists.filter(({ led }) => led).map(({ name }) => `“${name}”`);
    const explanation =
      names.length === 0
        ? 'You were told of it: a watchlist wanted it then that does not want it any more.'
        : `You were told of it because of ${names.join(', ')}.`;
    return { outcome: 'told', explanation, reasons: [] };
  }
  const reasons = SilenceReason.options.filter((reason) =>
    watchlists.some((watchlist) => watchlist.reasons.some((its) => its.reason === reason)),
  );
  if (reasons.length > 0) {
    const explanation = reasons.map((reason) => silenceWords[reason]).join(' ');
    return { outcome: 'not-told', explanation, reasons };
  }
  const explanation =
    judged === null
      ? 'None of your watchlists follows it.'
      : 'None of your watchlists followed it when it came in.';
  return { outcome: 'not-followed', explanation, reasons };
}
