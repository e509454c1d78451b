import { align } from './alignment.js';
import { linkMark } from './markup.js';
import { normalWords } from './normal-words.js';
import { oneLine } from './plain-text.js';

/**
 * The words that a change removed or added: what keywords are searched in. Each string is one run of them as it stands
 * in its text, so that a phrase is found only where all of it changed. Words that differ cosmetically alone are not
 * changed, and links add no words. `null` = the provision was not in force.
 */
export function changedWords(before: string | null, after: string | null): string[] {
  const former = normalWords(before ?? '');
  const latter = normalWords(after ?? '');
  const hunks = align(
    former.words.map(({ key }) => key),
    latter.words.map(({ key }) => key),
  );
  return hunks.flatMap((hunk) => [
    ...runs(former, hunk.beforeFrom, hunk.beforeTo),
    ...runs(latter, hunk.afterFrom, hunk.afterTo),
  ]);
}

function runs({ text, words }: ReturnType<typeof normalWords>, from: number, to: number): string[] {
  if (from === to) return [];
  return text
    .slice(words[from]!.start, words[to - 1]!.end)
    .split(linkMark)
    .map(oneLine)
    .filter((run) => run !== '');
}
