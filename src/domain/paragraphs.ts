import type { DiffPart } from './alert-content.js';
import { align } from './alignment.js';
import type { Hunk } from './hunk.js';
import { similarPairs } from './similar-pairs.js';
import { wordDiff } from './word-diff.js';

/** A paragraph beside what it was: with the line ends after it, so that each side joined is its text to the character. */
export type ParagraphPair = {
  kind: 'same' | 'changed' | 'added' | 'removed';
  /** Null where this side has no such paragraph. */
  before: string | null;
  after: string | null;
  /** The words of both; one part where the whole paragraph stayed, came or went. */
  diff: DiffPart[];
};

/** The most that the word diffs of all paragraphs may cost together, as `align` counts it. */
const effort = 640_000;

/**
 * Sets two texts side by side, paragraph by paragraph, in the order of both. `null` = the provision was not in force. The
 * cost is bounded whatever the texts hold: see `align`.
 */
export function pairParagraphs(before: string | null, after: string | null): ParagraphPair[] {
  const [former, latter] = [paragraphs(before), paragraphs(after)];
  const keyOf = (paragraph: string) => paragraph.trim();
  const hunks = align(former.map(keyOf), latter.map(keyOf));
  const changedLength = hunks.reduce((sum, hunk) => sum + lengthOf(hunk, former, latter), 0);
  const rows: ParagraphPair[] = [];
  const end = { beforeFrom: former.length, beforeTo: former.length, afterFrom: 0, afterTo: latter.length };
  let [i, j] = [0, 0];
  for (const hunk of [...hunks, end]) {
    for (; i < hunk.beforeFrom; i++, j++) rows.push(kept(former[i]!, latter[j]!));
    const [gone, come] = [former.slice(i, hunk.beforeTo), latter.slice(j, hunk.afterTo)];
    for (const [was, is] of similarPairs(gone, come)) {
      const size = (was?.length ?? 0) + (is?.length ?? 0);
      rows.push(changed(was, is, (effort * size) / Math.max(1, changedLength)));
    }
    [i, j] = [hunk.beforeTo, hunk.afterTo];
  }
  return rows;
}

/** Whatever ends in line ends, which belong to it. */
function paragraphs(text: string | null): string[] {
  return text?.match(/[^\r\n\u2028\u2029]*[\r\n\u2028\u2029]\s*|[^\r\n\u2028\u2029]+$/gu) ?? [];
}

function lengthOf(hunk: Hunk, former: readonly string[], latter: readonly string[]): number {
  const sides = [
    ...former.slice(hunk.beforeFrom, hunk.beforeTo),
    ...latter.slice(hunk.afterFrom, hunk.afterTo),
  ];
  return sides.reduce((sum, paragraph) => sum + paragraph.length, 0);
}

function kept(before: string, after: string): ParagraphPair {
  return { kind: 'same', before, after, diff: [{ op: '=', text: after }] };
}

function changed(before: string | null, after: string | null, share: number): ParagraphPair {
  if (before === null) return { kind: 'added', before, after, diff: [{ op: '+', text: after ?? '' }] };
  if (after === null) return { kind: 'removed', before, after, diff: [{ op: '-', text: before }] };
  return { kind: 'changed', before, after, diff: wordDiff(before, after, share) };
}
