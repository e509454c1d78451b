import { deltaOfRanks, type SeverityDelta } from './delta.js';
import { netChanges, type Step } from './net-change.js';
import type { PastChange, PastMessage } from './past-messages.js';
import type { Side } from './provision-event.js';
import { severityOf, type Rank } from './severity.js';

/** What one provision came to in a message. */
export type PastNews = {
  delta: SeverityDelta;
  /** The changes that it is made of, oldest first, never none. The last is the one to show. */
  steps: readonly PastChange[];
};

/** What a message tells. */
export type PastContent = {
  news: PastNews[];
  /** Provisions that changed and were as before at the end. */
  cancelledOut: number;
};

/** The text before the first of several steps, and the one after the last. */
export type EndTexts = { before: string; after: string };
/** For two that are known to say other words, whatever they are. */
export const otherWords: EndTexts = { before: 'one', after: 'other' };

/** An alert tells every change by itself. */
export function alertContent({ changes }: PastMessage): PastContent {
  return { news: changes.map((change) => ({ delta: deltaOf(change), steps: [change] })), cancelledOut: 0 };
}

/**
 * A digest tells the net change of each provision.
 *
 * @param texts by the id of a provision's last change: of those that `endsToCompare` asks for, where they differ
 */
export function digestContent({ changes }: PastMessage, texts: ReadonlyMap<string, EndTexts>): PastContent {
  const provisions = byProvision(changes);
  const news = provisions.flatMap((steps): PastNews[] => {
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) return [];
    // Nearly all of them: no text has to be read for these.
    if (first === last) return first.kind === 'cosmetic' ? [] : [{ delta: deltaOf(first), steps }];
    const ends = texts.get(last.id) ?? { before: '', after: '' };
    const its = steps.map((change): Step => ({
      changeId: change.id,
      provisionId: change.provisionId,
      before: sideOf(change.beforeRank, change === first ? ends.before : ''),
      after: sideOf(change.afterRank, change === last ? ends.after : ''),
    }));
    return netChanges(its).map(({ delta }) => ({ delta, steps }));
  });
  return { news, cancelledOut: provisions.length - news.length };
}

/** Provisions of which only their words can tell whether they came back: the first of their changes, and the last. */
export function endsToCompare({ changes }: PastMessage): { first: string; last: string }[] {
  return byProvision(changes).flatMap((steps) => {
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined || first === last) return [];
    const isSameRank = first.beforeRank === last.afterRank && first.beforeRank > 0;
    return isSameRank ? [{ first: first.id, last: last.id }] : [];
  });
}

/**
 * How often word is sent that what was told went back: once for each revision told, and each that undid some of it, and once for
 * each change that the archive took back. What it took back goes back no more.
 */
export function pastReverts(contents: readonly PastContent[]): number {
  const pairs = new Set<string>();
  for (const { news } of contents) {
    for (const { id, revisionId, undone, retractedAt } of news.flatMap(({ steps }) => steps)) {
      if (undone && undone.at <= (retractedAt ?? Infinity)) pairs.add(`${revisionId} ${undone.revisionId}`);
      if (retractedAt !== undefined) pairs.add(id);
    }
  }
  return pairs.size;
}

function byProvision(changes: readonly PastChange[]): PastChange[][] {
  const provisions = new Map<string, PastChange[]>();
  for (const change of changes) {
    const earlier = provisions.get(change.provisionId);
    if (earlier) earlier.push(change);
    else provisions.set(change.provisionId, [change]);
  }
  return [...provisions.values()];
}

function deltaOf({ kind, beforeRank, afterRank }: PastChange): SeverityDelta {
  return deltaOfRanks(kind, beforeRank, afterRank);
}

function sideOf(rank: Rank, text: string): Side | null {
  const severity = severityOf(rank);
  return severity && { severity, text };
}
