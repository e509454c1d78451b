import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairParagraphs } from '../../src/domain/paragraphs.js';

const word = fc.constantFrom('you', 'may', 'not', 'leave', 'whenever', 'שלום', '条款', 'a b', '');
const text = fc.oneof(
  fc.array(fc.array(word, { maxLength: 8 }), { maxLength: 8 }).chain((lines) =>
    fc
      .array(fc.constantFrom('\n', '\n\n', '\r\n', ' \n \n', '\u2028'), {
        minLength: lines.length,
        maxLength: lines.length,
      })
      .map((ends) => lines.map((line, n) => line.join(' ') + ends[n]!).join('')),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const joined = (sides: readonly (string | null)[]) => sides.map((side) => side ?? '').join('');

describe('pairParagraphs', () => {
  it('gives both texts back to the character, in columns and in words', () => {
    fc.assert(
      fc.property(fc.option(text), fc.option(text), (before, after) => {
        const rows = pairParagraphs(before, after);

        expect(joined(rows.map((row) => row.before))).toBe(before ?? '');
        expect(joined(rows.map((row) => row.after))).toBe(after ?? '');
        for (const row of rows) {
          const words = (left: string) =>
            joined(row.diff.filter(({ op }) => op !== left).map((part) => part.text));
          expect(words('-')).toBe(row.after ?? '');
          if (row.kind !== 'same') expect(words('+')).toBe(row.before ?? '');
        }
      }),
    );
  });

  it('calls the same what differs in the white space around it alone, and nothing else', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = pairParagraphs(before, after);
        expect(rows.every(({ before: was, after: is }) => was !== null || is !== null)).toBe(true);
        for (const row of rows) {
          if (row.kind === 'same') expect(row.before?.trim()).toBe(row.after?.trim());
          if (row.kind === 'added') expect(row.before).toBeNull();
          if (row.kind === 'removed') expect(row.after).toBeNull();
        }
      }),
    );
  });

  it('sets a paragraph beside what it was, and a new one beside nothing', () => {
    const rows = pairParagraphs(
      'Fees are due monthly.\n\nYou may leave whenever you like, in writing.\n\nNothing else.',
      'Fees are due monthly.\n\nThis is wholly new.\n\nYou may leave once a year, in writing.\n\nNothing else.',
    );

    expect(rows.map(({ kind }) => kind)).toEqual(['same', 'added', 'changed', 'same']);
    expect(rows[2]!.diff).toContainEqual({ op: '-', text: 'whenever you like' });
  });

  it('takes a second of work at most for texts as long as events may be, whatever they hold', () => {
    const long = (seed: number) =>
      Array.from({ length: 1_400 }, (_, n) =>
        Array.from({ length: 20 }, (__, m) => `w${(n * 31 + m * seed) % 977}`).join(' '),
      ).join('\n');
    const started = process.cpuUsage();
    pairParagraphs(long(7), long(13));

    // The work, not the time: other tests run beside this one.
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
