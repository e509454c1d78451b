import type { Hunk } from './hunk.js';
import { isWord } from './words.js';

/** A word of at most so many characters between two rewritten passages ("of", "the", "und") tells the reader nothing. */
const shortWord = 3;

/** How many times longer than the unchanged words between them two rewritten passages must be to swallow them. */
const swallowRatio = 4;

/**
 * Regroups changes for a reader: a passage that was rewritten with a word left here and there reads as one change, and a
 * sentence that was put in or taken out begins where the sentence begins. The texts stay exact, the changes get larger.
 */
export function readableHunks(
  hunks: readonly Hunk[],
  before: readonly string[],
  after: readonly string[],
): Hunk[] {
  const wordsBefore = wordCounts(before);
  const wordsAfter = wordCounts(after);
  const removed = (hunk: Hunk) => wordsBefore[hunk.beforeTo]! - wordsBefore[hunk.beforeFrom]!;
  const added = (hunk: Hunk) => wordsAfter[hunk.afterTo]! - wordsAfter[hunk.afterFrom]!;

  const belongTogether = (left: Hunk, right: Hunk) => {
    const onlyAdds = isEmptyBefore(left) && isEmptyBefore(right);
    const onlyRemoves = isEmptyAfter(left) && isEmptyAfter(right);
    if (onlyAdds || onlyRemoves) return false;
    const wordsBetween = wordsBefore[right.beforeFrom]! - wordsBefore[left.beforeTo]!;
    if (wordsBetween === 0) return true;
    const smallest = Math.min(removed(left), added(left), removed(right), added(right));
    if (smallest === 0) return false;
    const isShort = before
      .slice(left.beforeTo, right.beforeFrom)
      .every((token) => token.length <= shortWord && !/\p{N}/u.test(token));
    return (wordsBetween === 1 && isShort) || wordsBetween * swallowRatio <= smallest;
  };

  const grouped: Hunk[] = [];
  for (const [n, hunk] of hunks.entries()) {
    let group = startingWithSentence(hunk, grouped.at(-1), hunks[n + 1], before, after);
    for (let last = grouped.at(-1); last && belongTogether(last, group); last = grouped.at(-1)) {
      group = { ...last, beforeTo: group.beforeTo, afterTo: group.afterTo };
      grouped.pop();
    }
    grouped.push(group);
  }
  return grouped;
}

/** How many words stand before each position. */
function wordCounts(tokens: readonly string[]): number[] {
  const counts = [0];
  for (const token of tokens) counts.push(counts.at(-1)! + (isWord(token) ? 1 : 0));
  return counts;
}

const isEmptyBefore = (hunk: Hunk) => hunk.beforeFrom === hunk.beforeTo;
const isEmptyAfter = (hunk: Hunk) => hunk.afterFrom === hunk.afterTo;

/**
 * What was only put in (or only taken out) can often be told apart from its surroundings in several ways: in "You may
 * stay. You may go." the added sentence may be the second one or "stay. You may". Takes the one that begins a sentence.
 */
function startingWithSentence(
  hunk: Hunk,
  previous: Hunk | undefined,
  next: Hunk | undefined,
  before: readonly string[],
  after: readonly string[],
): Hunk {
  if (isEmptyBefore(hunk) === isEmptyAfter(hunk)) return hunk;
  const text = isEmptyBefore(hunk) ? after : before;
  const [from, to] = isEmptyBefore(hunk) ? [hunk.afterFrom, hunk.afterTo] : [hunk.beforeFrom, hunk.beforeTo];
  const startsSentence = (at: number) => at === 0 || /^[.!?;。！？]/u.test(text[at - 1]!);
  const moved = (steps: number): Hunk => ({
    beforeFrom: hunk.beforeFrom + steps,
    beforeTo: hunk.beforeTo + steps,
    afterFrom: hunk.afterFrom + steps,
    afterTo: hunk.afterTo + steps,
  });
  const least = hunk.beforeFrom - (previous?.beforeTo ?? 0);
  const most = (next?.beforeFrom ?? before.length) - hunk.beforeTo;
  for (let back = 0; back <= least; back++) {
    if (startsSentence(from - back)) return moved(-back);
    if (back === least || text[from - back - 1] !== text[to - back - 1]) break;
  }
  for (let on = 1; on <= most && text[from + on - 1] === text[to + on - 1]; on++) {
    if (startsSentence(from + on)) return moved(on);
  }
  return hunk;
}
