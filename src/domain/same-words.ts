import { normalWords } from './normal-words.js';

/**
 * Whether two texts say the same words once case, white space, punctuation, quotes, markup and link targets are set
 * aside: then a change of one into the other is cosmetic. What counts as a word, see `normalWords`.
 */
export function sameWords(a: string, b: string): boolean {
  if (a === b) return true;
  if (haveOtherLetters(a, b)) return false;
  const left = normalWords(a).words;
  const right = normalWords(b).words;
  return left.length === right.length && left.every(({ key }, n) => key === right[n]!.key);
}

/** Nothing that could be markup, a link, or one character for several letters. */
const plainText = /^[A-Za-z0-9\s.,;:'"!?%$()\-‘’“”–—…]*$/;
const address = /mailto:|www\./i;

/** Whether the letters alone show that the words differ, which costs a hundredth of a comparison. False where they may not. */
function haveOtherLetters(a: string, b: string): boolean {
  if (!plainText.test(a) || !plainText.test(b) || address.test(a) || address.test(b)) return false;
  const letters = (text: string) => text.replaceAll(/[^A-Za-z]+/g, '').toLowerCase();
  return letters(a) !== letters(b);
}
