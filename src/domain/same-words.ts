import { normalWords } from './normal-words.js';

/**
 * Whether two texts say the same words once case, white space, punctuation, quotes, markup and link targets are set
 * aside: then a change of one into the other is cosmetic. What counts as a word, see `normalWords`.
 */
export function sameWords(a: string, b: string): boolean {
  if (a === b) return true;
  const left = normalWords(a).words;
  const right = normalWords(b).words;
  return left.length === right.length && left.every(({ key }, n) => key === right[n]!.key);
}
