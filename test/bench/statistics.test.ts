import { describe, expect, it } from 'vitest';
import { growth, median, quantile, spreadOf, unevenness } from '../../bench/statistics.js';

describe('the statistics of the benchmark', () => {
  it('take the median in the middle of odd and of even numbers of runs', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('sort numbers as numbers', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('leave the runs as they are', () => {
    const runs = [3, 1, 2];
    spreadOf(runs);
    expect(runs).toEqual([3, 1, 2]);
  });

  it('say how far the runs lie apart', () => {
    expect(spreadOf([0.8, 0.7, 0.9])).toEqual({ median: 0.8, least: 0.7, most: 0.9 });
  });

  it('place a quantile in proportion between two values', () => {
    const hundred = Array.from({ length: 101 }, (_, n) => n);
    expect(quantile(hundred, 0.99)).toBe(99);
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([5, 6], 1)).toBe(6);
    expect(quantile([5, 6], 0)).toBe(5);
  });

  it('know no quantile of nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('compare the dearest with the cheapest', () => {
    expect(unevenness([10, 12, 11])).toBe(1.2);
    expect(unevenness([4, 4])).toBe(1);
  });

  it('compare the last third with the first, and let no single spike count', () => {
    expect(growth([100, 900, 100, 7, 7, 7, 110, 110, 1])).toEqual({
      first: 100,
      last: 110,
      share: expect.closeTo(0.1),
    });
  });

  it('ignore the remainder in the middle of a series', () => {
    expect(growth([1, 5, 5, 5, 2])).toMatchObject({ first: 1, last: 2 });
  });
});
