import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffPart } from '../../src/domain/alert-content.js';
import { diffExcerpt, type ExcerptPart } from '../../src/domain/diff-excerpt.js';
import { wordDiff } from '../../src/domain/word-diff.js';
import { clause, graphemeText, hostileTexts } from './texts.js';

const drawn = (parts: readonly ExcerptPart[]) =>
  parts.map(({ op, text }) => ({ '=': text, '-': `[-${text}-]`, '+': `{+${text}+}`, '…': '…' })[op]).join('');

const lengthOf = (parts: readonly ExcerptPart[]) =>
  parts.reduce((sum, { op, text }) => sum + (op === '…' ? 0 : text.length), 0);

const excerpt = (before: string, after: string, context: number, maxLength = 1_000) =>
  drawn(diffExcerpt(wordDiff(before, after), { context, maxLength }));

const opening = 'You agree to the following terms of use. ';
const ending = ' These terms are governed by the laws of Ireland.';

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

const diff = fc
  .tuple(fc.oneof(clause, graphemeText), fc.oneof(clause, graphemeText))
  .map(([before, after]) => wordDiff(before, after));
const limits = fc.record({ context: fc.nat(8), maxLength: fc.integer({ min: 1, max: 120 }) });

describe('diffExcerpt', () => {
  it('cuts the words that are far from a change, and marks the cuts', () => {
    expect(excerpt(`${opening}Pay in 30 days.${ending}`, `${opening}Pay in 14 days.${ending}`, 2)).toBe(
      '… Pay in [-30-]{+14+} days. These …',
    );
  });

  it('cuts between two changes that are far apart', () => {
    const middle = ' of the month in which we sent you our bill and ask for ';
    expect(excerpt(`In 30 days${middle}$5.`, `In 14 days${middle}$6.`, 2)).toBe(
      'In [-30-]{+14+} days of … ask for $[-5-]{+6+}.',
    );
  });

  it('leaves a short text whole', () => {
    expect(excerpt('Pay in 30 days, please.', 'Pay in 14 days, please.', 5)).toBe(
      'Pay in [-30-]{+14+} days, please.',
    );
  });

  it('shows every change from its beginning when there is room for no more', () => {
    const added = 'Nobody may opt out of the arbitration that is described in this section of the terms.';
    const parts: DiffPart[] = [
      {
        op: '-',
        text: 'You may opt out within 30 days of the date on which you first accepted these terms.',
      },
      { op: '+', text: added },
      { op: '=', text: ' All other terms stay as they are. In ' },
      { op: '-', text: '30' },
      { op: '+', text: '14' },
      { op: '=', text: ' days.' },
    ];
    expect(drawn(diffExcerpt(parts, { context: 5, maxLength: 60 }))).toBe(
      '[-You may opt out within 30-]…{+Nobody may opt out of the+}… [-30-]{+14+}…',
    );
  });

  it('shows the beginning of a text that did not change', () => {
    expect(drawn(diffExcerpt([{ op: '=', text: opening }], { context: 2, maxLength: 12 }))).toBe(
      'You agree to…',
    );
  });

  it('shows the beginning of a word that is longer than the room', () => {
    expect(drawn(diffExcerpt([{ op: '+', text: 'a'.repeat(50_000) }], { context: 2, maxLength: 5 }))).toBe(
      '{+aaaaa+}…',
    );
  });

  it('cuts no grapheme', () => {
    const family = '👩‍👩‍👧';
    expect(drawn(diffExcerpt([{ op: '+', text: family.repeat(3) }], { context: 2, maxLength: 20 }))).toBe(
      `{+${family.repeat(2)}+}…`,
    );
    expect(
      diffExcerpt([{ op: '+', text: `e${'\u0301'.repeat(30)}` }], { context: 2, maxLength: 20 }),
    ).toEqual([{ op: '…', text: '…' }]);
    expect(drawn(diffExcerpt([{ op: '+', text: 'ab👍🏽' }], { context: 2, maxLength: 4 }))).toBe('{+ab+}…');
  });

  it('is never longer than allowed', () => {
    fc.assert(
      fc.property(diff, limits, (parts, limit) => {
        expect(lengthOf(diffExcerpt(parts, limit))).toBeLessThanOrEqual(limit.maxLength);
      }),
      { numRuns: 500 },
    );
  });

  it('shows each change from its beginning, in order', () => {
    fc.assert(
      fc.property(diff, fc.nat(8), fc.integer({ min: 600, max: 2_000 }), (parts, context, maxLength) => {
        const changes = parts.filter(({ op }) => op !== '=');
        const shown = diffExcerpt(parts, { context, maxLength }).filter(({ op }) => op === '-' || op === '+');
        expect(shown.length).toBe(changes.length);
        for (const [n, { op, text }] of shown.entries()) {
          expect(changes[n]!.op).toBe(op);
          expect(changes[n]!.text.startsWith(text)).toBe(true);
        }
      }),
    );
  });

  it('says what it shows in the order of the diff, and marks every cut once', () => {
    fc.assert(
      fc.property(diff, limits, (parts, limit) => {
        const shown = diffExcerpt(parts, limit);
        expect(shown.map(({ op }) => op).join('')).not.toMatch(/……|==/);
        const pattern = shown.map(({ op, text }) => (op === '…' ? '[^]*' : literally(text))).join('');
        expect(parts.map(({ text }) => text).join('')).toMatch(new RegExp(`^${pattern}$`));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a diff as it is when there is room and context for all of it', () => {
    fc.assert(
      fc.property(diff, (parts) => {
        expect(diffExcerpt(parts, { context: 1_000, maxLength: 10_000 })).toEqual(parts);
      }),
    );
  });

  it.each(Object.entries(hostileTexts))('takes a moment for %s', (_, text) => {
    const parts: DiffPart[] = [
      { op: '=', text },
      { op: '-', text },
      { op: '+', text },
      { op: '=', text },
    ];
    const start = process.cpuUsage();
    expect(lengthOf(diffExcerpt(parts, { context: 12, maxLength: 1_000 }))).toBeLessThanOrEqual(1_000);
    expect(process.cpuUsage(start).user).toBeLessThan(1_500_000);
  });
});
