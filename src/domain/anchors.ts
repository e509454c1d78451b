import type { Hunk } from './hunk.js';

/** A passage this long that occurs once on each side is hardly there by chance, though each of its words may be. */
const passageLength = 4;

/**
 * Pairs of positions where a passage begins that occurs exactly once on each side, rising on both: the longest such
 * series, in O(n log n). What moved elsewhere drops out of it.
 */
export function anchorsBetween(a: readonly number[], b: readonly number[], within: Hunk): [number, number][] {
  const inBefore = passages(a, within.beforeFrom, within.beforeTo);
  const inAfter = passages(b, within.afterFrom, within.afterTo);
  const pairs: [number, number][] = [];
  for (const [hash, i] of inBefore) {
    const j = inAfter.get(hash);
    if (i !== repeated && j !== undefined && j !== repeated && samePassage(a, i, b, j)) pairs.push([i, j]);
  }
  return longestRise(pairs);
}

const repeated = -1;

/**
 * Where each passage stands, by its hash and in rising order; `repeated` for one that stands in several places. Two
 * passages of one hash count as one that repeats: an anchor is lost, no more.
 */
function passages(items: readonly number[], from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let start = from; start + passageLength <= to; start++) {
    let hash = 0;
    for (let n = 0; n < passageLength; n++) hash = Math.imul(hash ^ items[start + n]!, 0x9e37_79b1) >>> 1;
    places.set(hash, places.has(hash) ? repeated : start);
  }
  return places;
}

function samePassage(a: readonly number[], i: number, b: readonly number[], j: number): boolean {
  for (let n = 0; n < passageLength; n++) if (a[i + n] !== b[j + n]) return false;
  return true;
}

/** The longest subsequence whose second numbers rise too (patience sorting). The first ones rise already. */
function longestRise(pairs: readonly [number, number][]): [number, number][] {
  const previous: number[] = [];
  const tails: number[] = [];
  for (const [n, [, after]] of pairs.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]![1] < after) low = middle + 1;
      else high = middle;
    }
    previous[n] = tails[low - 1] ?? -1;
    tails[low] = n;
  }
  const rise: [number, number][] = [];
  for (let n = tails.at(-1) ?? -1; n >= 0; n = previous[n]!) rise.push(pairs[n]!);
  return rise.toReversed();
}
