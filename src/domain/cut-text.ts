import { isWord, tokens } from './words.js';

/** As many whole words of the beginning as fit into `length` characters. */
export function beginning(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const token of tokens(text)) {
    if (end + token.length > length) break;
    end += token.length;
  }
  return text.slice(0, end).trimEnd();
}

/** The same, but of a first word that is too long as much as fits. No grapheme is cut. */
export function beginningOrPart(text: string, length: number): string {
  return beginning(text, length) || graphemesUpTo(text, length);
}

/** As many whole words of the end as fit into `length` characters, with the white space before them. */
export function ending(text: string, length: number): string {
  if (text.length <= length) return text;
  let start = text.length;
  for (const token of tokens(text).toReversed()) {
    if (text.length - start + token.length > length) break;
    start -= token.length;
  }
  return text.slice(start);
}

/** The first `count` words, with the punctuation and the white space that end them. */
export function firstWords(text: string, count: number): string {
  let [end, seen] = [0, 0];
  for (const token of tokens(text)) {
    if (isWord(token) && ++seen > count) return text.slice(0, end).replace(/(?<=\s)[^\s\p{L}\p{N}]+$/u, '');
    end += token.length;
  }
  return text;
}

/** The last `count` words, with the white space before them. */
export function lastWords(text: string, count: number): string {
  let [start, seen] = [text.length, 0];
  for (const token of tokens(text).toReversed()) {
    if (isWord(token) && ++seen > count) return text.slice(start).replace(/^[^\s\p{L}\p{N}]+(?=\s)/u, '');
    start -= token.length;
  }
  return text;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function graphemesUpTo(text: string, length: number): string {
  let end = 0;
  // One whole character more than fits shows whether the last grapheme goes on.
  for (const { segment } of graphemes.segment(text.slice(0, length + 2))) {
    if (end + segment.length > length) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
