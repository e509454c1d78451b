import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, shown, shownLine } from '../../src/domain/shown-text.js';
import { wrapped } from '../../src/channels/email/wrapped.js';

const text = fc.string({ unit: 'binary', maxLength: 300 });

describe('shown', () => {
  it('spells out what turns words around, and keeps what right-to-left languages need', () => {
    expect(shown('a\u202Eb\u2066c\u200Fd עברית')).toBe('a[U+202E]b[U+2066]c\u200Fd עברית');
  });

  it('keeps line ends and makes other controls spaces', () => {
    expect(shown('a\r\nb\rc\u2028d\te\u0007f')).toBe('a\nb\nc\nd e f');
  });

  it('leaves no control character but the line end', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(shown(any)).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});

describe('cut', () => {
  it('leaves short text alone', () => {
    expect(cut('just fits', 9)).toBe('just fits');
  });

  it('ends at a word when one is near', () => {
    expect(cut('the quick brown fox', 14)).toBe('the quick…');
  });

  it('never exceeds the length and never splits a character', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 100 }), (any, maxLength) => {
        const result = cut(any, maxLength);
        expect(result.length).toBeLessThanOrEqual(maxLength);
        expect(result.isWellFormed()).toBe(true);
      }),
    );
  });

  it('makes names one line', () => {
    expect(shownLine(' Terms\r\nof   Use ', 50)).toBe('Terms of Use');
  });
});

const words = (any: string) => any.split(/[ \t\n]+/).filter(Boolean);

describe('wrapped', () => {
  it('breaks at spaces, within 76 characters, and indents what follows', () => {
    const lines = wrapped('word '.repeat(40), '  ', '- ').split('\n');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines[0]).toMatch(/^- word/);
    expect(lines.slice(1).every((line) => line.startsWith('  word'))).toBe(true);
    expect(lines.every((line) => line.length <= 76)).toBe(true);
  });

  it('leaves a long word whole', () => {
    const url = `https://example.org/${'a'.repeat(100)}`;
    expect(wrapped(`see ${url} there`)).toBe(`see\n${url}\nthere`);
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 60 }), (any) => {
        expect(words(wrapped(any, '  '))).toEqual(words(any));
      }),
    );
  });
});
