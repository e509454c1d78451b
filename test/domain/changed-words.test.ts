import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedWords } from '../../src/domain/changed-words.js';
import { normalWords } from '../../src/domain/normal-words.js';
import { sameWords } from '../../src/domain/same-words.js';
import { anyText, clause, hostileTexts, plainWords } from './texts.js';

const keys = (text: string) => normalWords(text).words.map(({ key }) => key);

describe('changedWords', () => {
  it.each([
    ['within 30 calendar days', 'within 14 days', ['30 calendar', '14']],
    ['The Trial is free.', 'The “trial” is not free!', ['not']],
    ['You waive trial. You pay.', 'You waive class action. You pay.', ['trial', 'class action']],
    ['fees of $500', 'fees of 5%', ['$500', '5%']],
    ['Under 18 U.S.C. § 1030, go', 'Go', ['Under 18 U.S.C. § 1030']],
    ['a non-refundable fee', 'a refundable fee', ['non']],
    ['[terms](https://a.example/trial)', '[terms](https://a.example/arbitration)', []],
    ['Opt out.', 'Opt out at https://a.example/arbitration or by mail.', ['at', 'or by mail']],
    ['Same   words', 'same words', []],
  ])('from %j to %j', (before, after, expected) => {
    expect(changedWords(before, after)).toEqual(expected);
  });

  it('keeps apart what was apart, so that no phrase is found across two changes', () => {
    expect(changedWords('a class of users takes action now', 'a of users takes now')).toEqual([
      'class',
      'action',
    ]);
  });

  it('does not count a word that stayed between two changes', () => {
    expect(changedWords('30 days of notice', '14 weeks of warning')).toEqual([
      '30 days',
      '14 weeks',
      'notice',
      'warning',
    ]);
  });

  it('gives the whole text when the provision came into force or went out of it', () => {
    expect(changedWords(null, '**You** waive\n\njury trial.')).toEqual(['You waive jury trial']);
    expect(changedWords('You waive jury trial.', null)).toEqual(['You waive jury trial']);
    expect(changedWords(null, null)).toEqual([]);
  });

  it('finds soft-hyphenated words under their usual spelling', () => {
    expect(changedWords('', 'arbi\u00ADtration')).toEqual(['arbitration']);
  });

  it('is empty when the change is cosmetic, and (links aside) only then', () => {
    const text = fc.oneof(anyText, clause);
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(changedWords(a, b).length === 0).toBe(sameWords(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it('holds exactly the word that was put in or taken out', () => {
    fc.assert(
      fc.property(plainWords, fc.nat(), (words, place) => {
        const text = words.join(' ');
        const more = words
          .toSpliced(place % (words.length + 1), 0, 'arbitration')
          .join(', ')
          .toUpperCase();
        expect(changedWords(text, more)).toEqual(['ARBITRATION']);
        expect(changedWords(more, text)).toEqual(['ARBITRATION']);
      }),
    );
  });

  it('accounts for every word: what one side has too many is what changed', () => {
    const text = plainWords.map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const balance = new Map<string, number>();
        const count = (key: string, n: number) => balance.set(key, (balance.get(key) ?? 0) + n);
        for (const key of keys(a)) count(key, 1);
        for (const key of keys(b)) count(key, -1);
        const changed = changedWords(a, b).flatMap(keys);
        for (const [key, n] of balance) {
          expect(changed.filter((word) => word === key).length).toBeGreaterThanOrEqual(Math.abs(n));
        }
      }),
    );
  });

  it.each(Object.entries(hostileTexts))('takes a moment for %s', (_, text) => {
    const start = process.cpuUsage();
    changedWords(text, `x ${text.slice(7, 40_000)} y ${text.slice(50_000)}`);
    expect(process.cpuUsage(start).user).toBeLessThan(2_500_000);
  });
});
