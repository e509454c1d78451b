import { describe, expect, it } from 'vitest';
import { stepGeometry } from '../../../src/web/charts/step-chart.js';

const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();

describe('the steps of a severity', () => {
  it('go through the rows, the highest rating on top, to the end of time', () => {
    const { line, moves, words, last } = stepGeometry(
      [
        { at: at(1), before: null, after: 'low', isMove: true },
        { at: at(6), before: 'low', after: 'low', isMove: false },
        { at: at(11), before: 'low', after: 'high', isMove: true },
      ],
      at(21),
    );
    expect(line).toBe('M40 250H40V250H280V250H520V50H1000');
    expect(moves).toEqual([
      { x: 40, y: 250 },
      { x: 520, y: 50 },
    ]);
    expect(words).toEqual([{ x: 280, y: 250 }]);
    expect(last).toBe(at(21));
  });

  it('begin with what was before, and end when the clause does', () => {
    const { line } = stepGeometry([{ at: at(1), before: 'medium', after: null, isMove: true }], at(2));
    expect(line).toBe('M0 150H40V350H1000');
  });

  it('stay finite when all is at one moment, or later than now', () => {
    for (const until of [at(1), at(9), '2020-01-01T00:00:00Z']) {
      const { line, middle } = stepGeometry(
        [{ at: at(9), before: 'low', after: 'high', isMove: true }],
        until,
      );
      expect(line).not.toMatch(/NaN|Infinity/);
      expect(Number.isNaN(Date.parse(middle))).toBe(false);
    }
  });
});
