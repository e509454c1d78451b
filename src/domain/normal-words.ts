import { withoutMarkup } from './markup.js';
import { isWhiteSpace, isWord, tokens } from './words.js';

/** A word as it is compared (`key`), and where it stands in the text without markup. */
export type NormalWord = { key: string; start: number; end: number };

/** Signs that change what is said: money, shares, sections, comparisons, addresses, ticks. */
const meaningful = /^[\p{Sc}\p{Sm}\p{So}%‰§&@#]/u;

/** Signs of those classes that only decorate: table borders, bullets, arrows, the slash of a fraction. */
const decoration = /^[|⁄−\u2190-\u21FF\u2500-\u25FF\u2794\u2798-\u27BF\u27F0-\u27FF\u2B00-\u2BFF]/u;

/** Before a sign of a number: nothing that could be a word, so that "10-15" and "opt-out" hold no minus. */
const beforeNumber = /(?:^|[\s([:<>=≤≥±\p{Sc}])$/u;
const beforeFraction = /(?:^|[\s([:<>=≤≥±\p{Sc}+‐–−-])$/u;

/**
 * The words of a text and the signs that mean something, without case, white space, punctuation, quotes, markup and link
 * targets. `text` is what the positions count in. Time is linear in the text's length.
 *
 * Punctuation separates words, so that "re-sign" is not "resign"; apostrophes and the full stops of initials join
 * ("can't" is "cant", "U.S." is "US"). In numbers the separators stay, but for commas between groups of three: "3.0" is
 * not "30", "1.000" is not "1,000", which is "1000".
 */
export function normalWords(raw: string): { text: string; words: NormalWord[] } {
  const text = plainCharacters(withoutMarkup(raw));
  const words: NormalWord[] = [];
  let start = 0;
  for (const token of tokens(text)) {
    if (isWord(token)) addWord(words, token, start);
    else if (!isWhiteSpace(token)) addSign(words, text, token, start);
    start += token.length;
  }
  return { text, words };
}

/** One form for what looks alike, nothing invisible; raised and lowered figures stand apart from the word they follow. */
function plainCharacters(text: string): string {
  return (
    text
      .replace(/[\p{Cf}\uFE00-\uFE0F\u034F]/gu, '')
      .replace(/[™®℠]/gu, '')
      .replace(/©/gu, ' c ')
      .replace(/\p{No}/gu, ' $& ')
      // Normalising sorts the marks on a letter in quadratic time: 100,000 of them took 48 s. This joiner, which `keyOf`
      // takes out again, ends each sorting early (UAX #15, Stream-Safe Text).
      .replace(/\p{M}{30}/gu, '$&\u034F')
      .normalize('NFKC')
  );
}

/** Within one word of `tokens`: initials in one piece, the rest cut at hyphens and at full stops outside numbers. */
const wordPart = /\p{L}\p{M}*(?:\.\p{L}\p{M}*)+(?![\p{L}\p{N}'’])|(?:[^-‐‑.]|(?<=\p{N})\.(?=\p{N}))+/gu;

function addWord(words: NormalWord[], token: string, start: number): void {
  if (!/[-‐‑.]/.test(token)) {
    words.push({ key: keyOf(token), start, end: start + token.length });
    return;
  }
  for (const { 0: part, index } of token.matchAll(wordPart)) {
    words.push({ key: keyOf(part), start: start + index, end: start + index + part.length });
  }
}

function keyOf(word: string): string {
  if (/^[a-zA-Z0-9\p{Lo}]+$/u.test(word)) return word.toLowerCase();
  const key = word
    .replace(/['’＇]|(?<!\p{N})\./gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFC')
    .replaceAll('\u034F', '');
  if (!key.includes(',')) return key;
  return key.replace(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g, (number) => number.replaceAll(',', ''));
}

function addSign(words: NormalWord[], text: string, token: string, start: number): void {
  const end = start + token.length;
  const key = signKey(token, text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2));
  if (key !== null) words.push({ key, start, end });
}

function signKey(sign: string, before: string, after: string): string | null {
  switch (sign) {
    case '-':
    case '‐':
    case '–':
    case '−':
      return beforeNumber.test(before) && /^(?:\p{Sc}|\.?\d)/u.test(after) ? '-' : null;
    case '.':
      return /^\d/.test(after) && beforeFraction.test(before) ? '.' : null;
    case '~':
      return /^\d/.test(after) ? '~' : null;
    default:
      return meaningful.test(sign) && !decoration.test(sign) ? sign.replace(/\p{M}/gu, '') : null;
  }
}
