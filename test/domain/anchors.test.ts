import { describe, expect, it } from 'vitest';
import { anchorsBetween } from '../../src/domain/anchors.js';

const anchors = (a: number[], b: number[]) =>
  anchorsBetween(a, b, { beforeFrom: 0, beforeTo: a.length, afterFrom: 0, afterTo: b.length });

describe('anchorsBetween', () => {
  it('finds the passages that occur once on each side', () => {
    expect(anchors([1, 2, 3, 4, 9, 9], [7, 1, 2, 3, 4])).toEqual([[0, 1]]);
    expect(anchors([1, 2, 3, 4, 5], [7, 1, 2, 3, 4, 5])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('takes no passage that repeats', () => {
    expect(anchors([1, 2, 3, 4, 0, 1, 2, 3, 4], [1, 2, 3, 4])).toEqual([]);
    expect(anchors([1, 1, 1, 1, 1], [1, 1, 1, 1])).toEqual([]);
  });

  it('takes the longest series that keeps the order', () => {
    const [p, q, r] = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [10, 11, 12, 13],
    ] as const;
    expect(anchors([...p, ...q, ...r], [...r, 0, ...p, 0, ...q])).toEqual([
      [0, 5],
      [4, 10],
    ]);
  });

  it('is not deceived by passages that share a hash', () => {
    expect(anchors([43_651, 26_127, 30_990, 9_866], [19_251, 49_206, 48_069, 12_550])).toEqual([]);
  });
});
