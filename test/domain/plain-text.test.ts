import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, PlainText, shownText } from '../../src/domain/plain-text.js';

const anyText = fc.string({ unit: 'binary' });

describe('PlainText', () => {
  it('takes exactly what PostgreSQL can keep', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string({ unit: fc.constantFrom('a', '\u0000', '\uD800', '\n') })),
        (text) => {
          const keepable = text.isWellFormed() && !text.includes('\u0000');
          expect(PlainText.safeParse(text).success).toBe(keepable);
        },
      ),
    );
  });

  it('changes nothing', () => {
    const text = ' <b>a</b>\r\n\u202Eb\u0007 ';
    expect(PlainText.parse(text)).toBe(text);
  });
});

describe('shownText', () => {
  it.each(['', '  ', '\n\t', '\u200B\u200E', '\u0007'])('refuses %j, which shows nothing', (text) => {
    expect(shownText(10).safeParse(text).success).toBe(false);
  });

  it('takes at most as many characters as it is told', () => {
    expect(shownText(3).safeParse('abc').success).toBe(true);
    expect(shownText(3).safeParse('abcd').success).toBe(false);
  });
});

describe('oneLine', () => {
  it('makes one line of several', () => {
    expect(oneLine(' a\r\n\tb\u2028c\u0000d\u00A0 e ')).toBe('a b c d e');
  });

  it('leaves no white space but single spaces, and is done after one time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = oneLine(text);
        expect(line).not.toMatch(/[^\S ]|\p{Cc}| {2}|^ | $/u);
        expect(oneLine(line)).toBe(line);
      }),
    );
  });
});
