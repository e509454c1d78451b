import { isWord, tokens } from './words.js';

/** Two texts share at least this much of their words to be one text before and after. */
const leastAlike = 0.3;

/** Up to so many comparisons every text is held against every other one; beyond, they are paired in their order. */
const mostComparisons = 2_500;

type Pair = [before: string | null, after: string | null];

/** Pairs texts that gave way to each other, in the order of both: those most alike, and a lone one with a lone one. */
export function similarPairs(before: readonly string[], after: readonly string[]): Pair[] {
  if (before.length === 1 && after.length === 1) return [[before[0]!, after[0]!]];
  if (before.length === 0 || after.length === 0) return alone(before, after);
  if (before.length * after.length > mostComparisons) return inOrder(before, after);
  const [former, latter] = [before.map(wordsOf), after.map(wordsOf)];
  const columns = after.length + 1;
  // best[i, j]: how much alike the pairs of the texts from i and j on can be in all.
  const best = new Float64Array((before.length + 1) * columns);
  const gain = (i: number, j: number) => {
    const alike = likeness(former[i]!, latter[j]!);
    return alike < leastAlike ? -1 : alike;
  };
  const gains = former.map((_, i) => latter.map((__, j) => gain(i, j)));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const paired = gains[i]![j]! < 0 ? -1 : gains[i]![j]! + best[(i + 1) * columns + j + 1]!;
      best[i * columns + j] = Math.max(paired, best[(i + 1) * columns + j]!, best[i * columns + j + 1]!);
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const here = best[i * columns + j]!;
    if (gains[i]![j]! >= 0 && here === gains[i]![j]! + best[(i + 1) * columns + j + 1]!) {
      pairs.push([before[i++]!, after[j++]!]);
    } else if (here === best[(i + 1) * columns + j]!) pairs.push([before[i++]!, null]);
    else pairs.push([null, after[j++]!]);
  }
  return [...pairs, ...alone(before.slice(i), after.slice(j))];
}

function alone(before: readonly string[], after: readonly string[]): Pair[] {
  return [...before.map((text): Pair => [text, null]), ...after.map((text): Pair => [null, text])];
}

function inOrder(before: readonly string[], after: readonly string[]): Pair[] {
  const count = Math.min(before.length, after.length);
  const pairs = before.slice(0, count).map((text, n): Pair => [text, after[n]!]);
  return [...pairs, ...alone(before.slice(count), after.slice(count))];
}

function wordsOf(text: string): Set<string> {
  return new Set(
    tokens(text)
      .filter(isWord)
      .map((word) => word.toLowerCase()),
  );
}

/** The share of their different words that two texts have in common, 0 to 1 (Dice). */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const word of few) if (many.has(word)) shared++;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
