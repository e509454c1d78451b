import { diffArrays } from 'diff';
import { anchorsBetween } from './anchors.js';
import type { Hunk } from './hunk.js';

/**
 * The most that one alignment may cost, as the square of the edits that are looked for: jsdiff took 0.15 µs for each
 * unit (Node 20, one core of a small server), so about 0.1 s in all.
 */
const fullEffort = 640_000;

/**
 * Finds where two lists differ. Small lists get the smallest set of changes; long ones are first pinned together at the
 * passages that occur once in each, and what lies between is aligned as finely as the effort allows: a stretch for which
 * it runs out becomes one change. The cost is bounded whatever the lists hold.
 */
export function align(
  before: readonly string[],
  after: readonly string[],
  effort: number = fullEffort,
): Hunk[] {
  // Up to this many items, both sides together, the effort suffices for whatever they hold.
  const smallSize = Math.sqrt(effort);
  const [a, b] = numbered(before, after);
  const whole = trimmed(a, b, { beforeFrom: 0, beforeTo: a.length, afterFrom: 0, afterTo: b.length });
  if (sizeOf(whole) === 0) return [];
  const stretches = sizeOf(whole) <= smallSize ? [whole] : between(anchorsBetween(a, b, whole), whole);
  const hunks: Hunk[] = [];
  let effortLeft = effort;
  let sizeLeft = stretches.reduce((sum, stretch) => sum + sizeOf(stretch), 0);
  for (const stretch of stretches) {
    const share = (effortLeft * sizeOf(stretch)) / sizeLeft;
    const { found, edits } = changesIn(a, b, trimmed(a, b, stretch), Math.floor(Math.sqrt(share)));
    effortLeft -= edits ** 2;
    sizeLeft -= sizeOf(stretch);
    for (const hunk of found) hunks.push(hunk);
  }
  return hunks;
}

/** Equal strings get equal numbers: comparing those is cheaper, however long the strings. */
function numbered(before: readonly string[], after: readonly string[]): [number[], number[]] {
  const numbers = new Map<string, number>();
  const numberOf = (item: string) => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    numbers.set(item, numbers.size);
    return numbers.size - 1;
  };
  return [before.map(numberOf), after.map(numberOf)];
}

function sizeOf(hunk: Hunk): number {
  return hunk.beforeTo - hunk.beforeFrom + hunk.afterTo - hunk.afterFrom;
}

/** Without what both sides begin and end with. */
function trimmed(a: readonly number[], b: readonly number[], stretch: Hunk): Hunk {
  let { beforeFrom, beforeTo, afterFrom, afterTo } = stretch;
  while (beforeFrom < beforeTo && afterFrom < afterTo && a[beforeFrom] === b[afterFrom]) {
    beforeFrom++;
    afterFrom++;
  }
  while (beforeFrom < beforeTo && afterFrom < afterTo && a[beforeTo - 1] === b[afterTo - 1]) {
    beforeTo--;
    afterTo--;
  }
  return { beforeFrom, beforeTo, afterFrom, afterTo };
}

/** The stretches that matched pairs of positions leave between them; empty ones are left out. */
function between(pairs: Iterable<readonly [number, number]>, whole: Hunk): Hunk[] {
  const stretches: Hunk[] = [];
  let { beforeFrom, afterFrom } = whole;
  for (const [beforeTo, afterTo] of [...pairs, [whole.beforeTo, whole.afterTo] as const]) {
    if (beforeTo > beforeFrom || afterTo > afterFrom) {
      stretches.push({ beforeFrom, beforeTo, afterFrom, afterTo });
    }
    beforeFrom = beforeTo + 1;
    afterFrom = afterTo + 1;
  }
  return stretches;
}

/** The changes within one stretch; all of it when they are more than `maxEdits`. */
function changesIn(a: readonly number[], b: readonly number[], stretch: Hunk, maxEdits: number) {
  const [keptBefore, keptAfter] = onBothSides(a, b, stretch);
  const changes = diffArrays(
    keptBefore.map((i) => a[i]),
    keptAfter.map((j) => b[j]),
    { maxEditLength: maxEdits },
  );
  if (changes === undefined) return { found: [stretch], edits: maxEdits };
  const pairs: [number, number][] = [];
  let [i, j, edits] = [0, 0, 0];
  for (const { added, removed, count } of changes) {
    if (added) j += count;
    if (removed) i += count;
    if (added || removed) edits += count;
    else for (let n = 0; n < count; n++) pairs.push([keptBefore[i++]!, keptAfter[j++]!]);
  }
  return { found: between(pairs, stretch), edits };
}

/**
 * Positions of the items that the other side has too. The rest can match nothing, so leaving it out changes no result,
 * and it is most of two texts that have little in common.
 */
function onBothSides(a: readonly number[], b: readonly number[], stretch: Hunk): [number[], number[]] {
  const before = positions(stretch.beforeFrom, stretch.beforeTo);
  const after = positions(stretch.afterFrom, stretch.afterTo);
  const inBefore = new Set(before.map((i) => a[i]));
  const inAfter = new Set(after.map((j) => b[j]));
  return [before.filter((i) => inAfter.has(a[i])), after.filter((j) => inBefore.has(b[j]))];
}

function positions(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
}
