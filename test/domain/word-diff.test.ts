import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffPart } from '../../src/domain/alert-content.js';
import { wordDiff } from '../../src/domain/word-diff.js';
import { anyText, clause, graphemeText, hostileTexts } from './texts.js';

const side = fc.option(fc.oneof(anyText, graphemeText, clause), { freq: 10 });

const textOf = (parts: readonly DiffPart[], op: '-' | '+') =>
  parts.flatMap((part) => (part.op === '=' || part.op === op ? [part.text] : [])).join('');

/** `[-removed-]{+added+}` */
const drawn = (before: string | null, after: string | null) =>
  wordDiff(before, after)
    .map(({ op, text }) => ({ '=': text, '-': `[-${text}-]`, '+': `{+${text}+}` })[op])
    .join('');

describe('wordDiff', () => {
  it.each([
    ['within 30 calendar days', 'within 14 days', 'within [-30 calendar-]{+14+} days'],
    ['fees of $1,000 apply.', 'fees of $10,000 apply.', 'fees of $[-1,000-]{+10,000+} apply.'],
    ['a b c', 'a c', 'a[- b-] c'],
    ['b c', 'c', '[-b -]c'],
    ['a  b', 'a b', 'a[-  -]{+ +}b'],
    ['the registered user', 'all the user', '{+all +}the[- registered-] user'],
    ['Same.', 'Same.', 'Same.'],
    ['', '', ''],
    ['gone', '', '[-gone-]'],
    ['同意する必要があります', '同意する必要がありません', '同意する必要がありま[-す-]{+せん+}'],
  ])('compares %j with %j', (before, after, expected) => {
    expect(drawn(before, after)).toBe(expected);
  });

  it('takes a rewritten passage as one change, whatever small word stayed in it', () => {
    expect(drawn('30 days of notice.', '14 weeks of warning.')).toBe(
      '[-30 days of notice-]{+14 weeks of warning+}.',
    );
    expect(drawn('Email us, call us, or write.', 'Phone them, ring them, or text.')).toBe(
      '[-Email us, call us, or write-]{+Phone them, ring them, or text+}.',
    );
  });

  it('keeps a number and a telling word apart from the changes around them', () => {
    expect(drawn('We keep 30 files', 'They hold 30 records')).toBe(
      '[-We keep-]{+They hold+} 30 [-files-]{+records+}',
    );
    expect(drawn('We sell data', 'They share data today')).toBe('[-We sell-]{+They share+} data{+ today+}');
  });

  it('begins an added sentence where the sentence begins', () => {
    expect(drawn('You may stay. You may go.', 'You may stay. You may pay. You may go.')).toBe(
      'You may stay.{+ You may pay.+} You may go.',
    );
    expect(drawn('You may stay. You may pay. You may go.', 'You may stay. You may go.')).toBe(
      'You may stay.[- You may pay.-] You may go.',
    );
  });

  it('shows the whole text when the provision came into force or went out of it', () => {
    expect(wordDiff(null, 'New rule.')).toEqual([{ op: '+', text: 'New rule.' }]);
    expect(wordDiff('Old rule.', null)).toEqual([{ op: '-', text: 'Old rule.' }]);
    expect(wordDiff(null, null)).toEqual([]);
  });

  it('gives both texts back to the character', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const parts = wordDiff(before, after);
        expect(textOf(parts, '-')).toBe(before ?? '');
        expect(textOf(parts, '+')).toBe(after ?? '');
      }),
      { numRuns: 500 },
    );
  });

  it('joins neighbours of one kind, leaves nothing empty and puts what was removed first', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const order = wordDiff(before, after).map(({ op }) => op);
        expect(order.join('')).not.toMatch(/==|--|\+\+|\+-/);
        expect(wordDiff(before, after).every(({ text }) => text !== '')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('finds nothing to show in a text that stayed', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, clause), (text) => {
        expect(wordDiff(text, text).every(({ op }) => op === '=')).toBe(true);
      }),
    );
  });

  it.each(Object.entries(hostileTexts))('is exact and in time on %s', (_, text) => {
    const other = `x${text.slice(0, 40_000)} y ${text.slice(50_000)}`;
    const start = process.cpuUsage();
    const parts = wordDiff(text, other);
    expect(process.cpuUsage(start).user).toBeLessThan(1_500_000);
    expect(textOf(parts, '-')).toBe(text);
    expect(textOf(parts, '+')).toBe(other);
  });
});
