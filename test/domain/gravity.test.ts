import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severityDelta, type SeverityDelta } from '../../src/domain/delta.js';
import { byGravity, headline } from '../../src/domain/gravity.js';
import { rankOf, Severity } from '../../src/domain/severity.js';

const inForce = fc.constantFrom(...Severity.options);
const delta = fc
  .tuple(fc.option(inForce), fc.option(inForce), fc.boolean())
  .filter(([before, after]) => before !== null || after !== null)
  .map(([before, after, wordsMatch]) => severityDelta(before, after, wordsMatch));

const introducedHigh = severityDelta(null, 'high', false);
const withdrawnHigh = severityDelta('high', null, false);
const lowToHigh = severityDelta('low', 'high', false);
const mediumToHigh = severityDelta('medium', 'high', false);
const lowToMedium = severityDelta('low', 'medium', false);
const highToMedium = severityDelta('high', 'medium', false);
const rewordedHigh = severityDelta('high', 'high', false);
const rewordedLow = severityDelta('low', 'low', false);

const higher = ({ before, after }: SeverityDelta) => Math.max(rankOf(before), rankOf(after));

describe('byGravity', () => {
  it('puts larger changes first, then rises, falls, the rest, and the higher severity', () => {
    const ordered = [
      introducedHigh,
      withdrawnHigh,
      lowToHigh,
      mediumToHigh,
      lowToMedium,
      highToMedium,
      rewordedHigh,
      rewordedLow,
    ];
    expect(ordered.toReversed().toSorted(byGravity)).toEqual(ordered);
  });

  it('leaves equals in their order', () => {
    const [first, second] = [{ ...rewordedLow }, { ...rewordedLow }];
    expect([first, second].toSorted(byGravity)[0]).toBe(first);
  });

  it('is an order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(delta, delta, delta, (a, b, c) => {
        expect(Math.sign(byGravity(a, b)) + Math.sign(byGravity(b, a))).toBe(0);
        const chained = byGravity(a, b) <= 0 && byGravity(b, c) <= 0;
        expect(chained && byGravity(a, c) > 0).toBe(false);
      }),
    );
  });
});

describe('headline', () => {
  it.each([
    ['a rise', [mediumToHigh], 'High ▲', 'High severity, rising'],
    ['a fall, by the severity that was', [highToMedium], 'High ▼', 'High severity, falling'],
    ['new wording of the same severity', [rewordedLow], 'Low =', 'Low severity, unchanged'],
    [
      'a withdrawal, by the severity it had',
      [severityDelta('medium', null, false)],
      'Medium ▼',
      'Medium severity, falling',
    ],
    ['a new provision', [severityDelta(null, 'low', false)], 'Low ▲', 'Low severity, rising'],
  ])('says %s', (_, deltas, label, words) => {
    expect(headline(deltas)).toMatchObject({ index: 0, label, words });
  });

  it('speaks of the highest severity, though another change be larger', () => {
    expect(headline([severityDelta(null, 'medium', false), rewordedHigh])).toEqual({
      index: 1,
      severity: 'high',
      direction: 'same',
      label: 'High =',
      words: 'High severity, unchanged',
    });
  });

  it('speaks of the gravest among changes of the highest severity', () => {
    expect(headline([rewordedHigh, highToMedium, mediumToHigh])).toMatchObject({ index: 2, label: 'High ▲' });
  });

  it('names the highest severity of any side, and a change that has it', () => {
    fc.assert(
      fc.property(fc.array(delta, { minLength: 1 }), (deltas) => {
        const { severity, index, direction } = headline(deltas);
        expect(rankOf(severity)).toBe(Math.max(...deltas.map(higher)));
        expect(higher(deltas[index]!)).toBe(rankOf(severity));
        expect(direction).toBe(deltas[index]!.direction);
      }),
    );
  });

  it('needs a change', () => {
    expect(() => headline([])).toThrow(RangeError);
  });
});
