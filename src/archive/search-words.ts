/** Enough for any title; more would only cost. */
const longestQuery = 200;
const mostWords = 8;
const longestWord = 60;

/** A word, and what else of letters belongs to it. */
const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** The words of what was typed, or of a name: punctuation, operators and controls are none. */
export function searchWords(text: string): string[] {
  const found = text.slice(0, longestQuery).match(word) ?? [];
  return found.slice(0, mostWords).map((one) => one.toLowerCase().slice(0, longestWord));
}

/**
 * A tsquery for names in which every word begins one: `'ama':* & 'pol':*`. Words hold letters, digits and marks alone, so
 * none can end its quotes.
 */
export function prefixQuery(words: readonly string[], operator: '&' | '|'): string {
  return words.map((one) => `'${one}':*`).join(` ${operator} `);
}

/** As much of each word as a slip of the keys likely left right: its first letters, fewer at each try. */
const beginnings = [
  (length: number) => Math.max(3, Math.ceil(length * 0.6)),
  (length: number) => Math.min(3, length),
] as const;

/** What to look for when nothing is called as it was typed: its words cut shorter and shorter, without repetition. */
export function shortened(text: string): string[] {
  const words = searchWords(text);
  const tries = beginnings.map((cut) => words.map((one) => one.slice(0, cut(one.length))).join(' '));
  return [...new Set(tries)].filter((one) => one !== '' && one !== words.join(' '));
}

/** Those of the words that begin none of the name's: what is left to look for in titles under it. */
export function wordsBeside(words: readonly string[], name: string): string[] {
  const named = (name.match(word) ?? []).map((one) => one.toLowerCase());
  return words.filter((one) => !named.some((other) => other.startsWith(one)));
}

/**
 * What was typed as the beginning of an id, such as `CA-P-0025`: as it is, and in capitals. None for words without a digit,
 * which are looked for in names.
 */
export function idPrefixes(text: string): string[] {
  const typed = text.trim();
  if (typed.length > longestQuery || !/^[^\s\p{Cc}\p{Cs}]*\d[^\s\p{Cc}\p{Cs}]*$/u.test(typed)) return [];
  return [...new Set([typed, typed.toUpperCase()])];
}
