import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChangeKind, SeverityDelta, severityDelta } from '../../src/domain/delta.js';
import { Severity } from '../../src/domain/severity.js';

const side = fc.constantFrom(null, ...Severity.options);

describe('severityDelta', () => {
  it.each([
    [null, 'low', 'introduced', 1, 'rise'],
    [null, 'medium', 'introduced', 2, 'rise'],
    [null, 'high', 'introduced', 3, 'rise'],
    ['low', null, 'withdrawn', -1, 'fall'],
    ['medium', null, 'withdrawn', -2, 'fall'],
    ['high', null, 'withdrawn', -3, 'fall'],
    ['low', 'medium', 'escalated', 1, 'rise'],
    ['low', 'high', 'escalated', 2, 'rise'],
    ['medium', 'high', 'escalated', 1, 'rise'],
    ['medium', 'low', 'eased', -1, 'fall'],
    ['high', 'low', 'eased', -2, 'fall'],
    ['high', 'medium', 'eased', -1, 'fall'],
  ] as const)('from %s to %s is %s by %i, whatever the words', (before, after, kind, change, direction) => {
    const expected = { kind, before, after, change, direction };
    expect(severityDelta(before, after, false)).toEqual(expected);
    expect(severityDelta(before, after, true)).toEqual(expected);
  });

  it.each(Severity.options)('tells new words from cosmetics when the rank stays %s', (severity) => {
    const stayed = { before: severity, after: severity, change: 0, direction: 'same' };
    expect(severityDelta(severity, severity, false)).toEqual({ kind: 'reworded', ...stayed });
    expect(severityDelta(severity, severity, true)).toEqual({ kind: 'cosmetic', ...stayed });
  });

  it('refuses a provision that was never in force', () => {
    expect(() => severityDelta(null, null, false)).toThrow(RangeError);
  });

  it('is undone by the way back', () => {
    fc.assert(
      fc.property(side, side, fc.boolean(), (before, after, wordsMatch) => {
        fc.pre(before !== null || after !== null);
        const there = severityDelta(before, after, wordsMatch);
        const back = severityDelta(after, before, wordsMatch);
        expect(there.change + back.change).toBe(0);
        expect(SeverityDelta.parse(there)).toEqual(there);
      }),
    );
  });

  it('knows six kinds', () => {
    expect(ChangeKind.options).toHaveLength(6);
  });
});
