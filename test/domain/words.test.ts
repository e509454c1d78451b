import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWhiteSpace, isWord, tokens } from '../../src/domain/words.js';
import { anyText, clause, graphemeText, hostileTexts } from './texts.js';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

function graphemeEnds(text: string): Set<number> {
  return new Set(Array.from(graphemes.segment(text), ({ index, segment }) => index + segment.length));
}

describe('tokens', () => {
  it.each([
    ['You may opt out.', ['You', ' ', 'may', ' ', 'opt', ' ', 'out', '.']],
    ["don't opt-out", ["don't", ' ', 'opt-out']],
    ['the users’ data', ['the', ' ', 'users', '’', ' ', 'data']],
    ['$1,000.50, 12:30', ['$', '1,000.50', ',', ' ', '12:30']],
    ['18 U.S.C. § 1030', ['18', ' ', 'U.S.C', '.', ' ', '§', ' ', '1030']],
    ['dpo@bere.al', ['dpo', '@', 'bere.al']],
    ['one -- two\n\n  three', ['one', ' ', '-', '-', ' ', 'two', '\n\n  ', 'three']],
    ['re\u0301sume\u0301 im\u00ADportant', ['re\u0301sume\u0301', ' ', 'im\u00ADportant']],
    ['a  \u0301b\n\u0301', ['a', ' ', ' \u0301', 'b', '\n', '\u0301']],
    ['同意する', ['同', '意', 'す', 'る']],
    ['2024年', ['2024', '年']],
    ['น้ำ ก็', ['น้ำ', ' ', 'ก็']],
    ['동의 합니다', ['동의', ' ', '합니다']],
    ['👩‍👩‍👧👍🏽🇩🇪🇫🇷1️⃣', ['👩‍👩‍👧', '👍🏽', '🇩🇪', '🇫🇷', '1️⃣']],
    ['', []],
  ])('cuts %j', (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it('gives the text back when joined, whatever it holds', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, graphemeText, clause), (text) => {
        expect(tokens(text).join('')).toBe(text);
      }),
    );
  });

  it('never cuts a grapheme', () => {
    fc.assert(
      fc.property(fc.oneof(graphemeText, clause), (text) => {
        const ends = graphemeEnds(text);
        let end = 0;
        expect(tokens(text).every((token) => ends.has((end += token.length)))).toBe(true);
      }),
    );
  });

  it('takes a run of white space as one', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, clause), (text) => {
        const kinds = tokens(text).map(isWhiteSpace);
        expect(kinds.some((isSpace, n) => isSpace && kinds[n + 1] === true)).toBe(false);
      }),
    );
  });

  it.each(Object.entries(hostileTexts))('takes a moment for %s', (_, text) => {
    const start = process.cpuUsage();
    expect(tokens(text).join('')).toBe(text);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });
});

describe('isWord', () => {
  it('tells words from signs', () => {
    expect(['a', '30', '同', "don't"].every(isWord)).toBe(true);
    expect([',', ' ', '$', '👍', '\u0301'].some(isWord)).toBe(false);
  });
});
