import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levels } from '../../../src/web/charts/levels.js';
import { monthTicks } from '../../../src/web/charts/month-ticks.js';
import { linearScale, niceTicks, percent } from '../../../src/web/charts/scale.js';

describe('ticks', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [9, [0, 5, 10]],
    [47, [0, 20, 40, 60]],
    [1_000, [0, 500, 1_000]],
  ])('up to %s are round', (greatest, ticks) => expect(niceTicks(greatest)).toEqual(ticks));

  it('begin at nothing, reach the greatest value, and are few, whole and evenly apart', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 8 }), (greatest, most) => {
        const ticks = niceTicks(greatest, most);
        const step = ticks[1]!;
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(greatest);
        expect(ticks.at(-1)! - step).toBeLessThan(Math.max(1, greatest));
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks).toEqual(ticks.map((_, index) => index * step));
        expect(Number.isInteger(step)).toBe(true);
      }),
    );
  });
});

describe('a scale', () => {
  it('maps the ends of the domain to those of the range', () => {
    const y = linearScale([0, 50], [180, 30]);
    expect([y(0), y(25), y(50)]).toEqual([180, 105, 30]);
  });

  it('maps a domain without extent to the beginning', () => {
    expect(linearScale([3, 3], [10, 20])(3)).toBe(10);
  });

  it('writes places as shares of the width', () => expect(percent(1 / 3)).toBe('33.333%'));
});

describe('levels', () => {
  it('are the longest pieces of one value', () => {
    expect(levels([1, 1, 4, 1])).toEqual([
      { from: 0, until: 2, value: 1 },
      { from: 2, until: 3, value: 4 },
      { from: 3, until: 4, value: 1 },
    ]);
    expect(levels([])).toEqual([]);
  });
});

describe('months', () => {
  it('begin with their first Monday, and a year is named by its January', () => {
    const weeks = ['2025-12-22', '2025-12-29', '2026-01-05', '2026-01-12', '2026-01-26', '2026-02-02'];
    expect(monthTicks(weeks)).toEqual([
      { index: 2, label: 'Jan 2026' },
      { index: 5, label: 'Feb' },
    ]);
  });
});
