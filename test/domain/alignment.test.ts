import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align } from '../../src/domain/alignment.js';
import type { Hunk } from '../../src/domain/hunk.js';

const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 30 });

/** Length of the longest common subsequence, by the textbook. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const item of a) {
    const next = [0];
    for (const [j, other] of b.entries()) {
      next.push(item === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    }
    row = next;
  }
  return row[b.length]!;
}

/** What `after` is, made of `before` and the hunks: throws unless they fit together. */
function patched(before: readonly string[], after: readonly string[], hunks: readonly Hunk[]): string[] {
  const made: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    made.push(...before.slice(at, hunk.beforeFrom));
    expect(made.length).toBe(hunk.afterFrom);
    made.push(...after.slice(hunk.afterFrom, hunk.afterTo));
    at = hunk.beforeTo;
  }
  return [...made, ...before.slice(at)];
}

/** Words in an order that looks random and is always the same. */
function pseudoProse(seed: number, length: number, vocabulary: number): string[] {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return `w${(state >> 8) % vocabulary}`;
  });
}

const editsOf = (hunks: readonly Hunk[]) =>
  hunks.reduce((sum, hunk) => sum + hunk.beforeTo - hunk.beforeFrom + hunk.afterTo - hunk.afterFrom, 0);

describe('align', () => {
  it('describes how one list becomes the other', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(patched(a, b, align(a, b))).toEqual(b);
      }),
    );
  });

  it('finds the fewest changes in small lists', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(editsOf(align(a, b))).toBe(a.length + b.length - 2 * commonLength(a, b));
      }),
    );
  });

  it('finds the fewest changes of the largest small lists, different as they may be', () => {
    const [a, b] = [pseudoProse(1, 400, 20), pseudoProse(2, 400, 20)];
    expect(editsOf(align(a, b))).toBe(800 - 2 * commonLength(a, b));
  });

  it('leaves no two hunks touching', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const hunks = align(a, b);
        expect(hunks.every((hunk, n) => n === 0 || hunk.beforeFrom > hunks[n - 1]!.beforeTo)).toBe(true);
      }),
    );
  });

  it('finds every one of thousands of scattered changes in a long list', () => {
    const before = pseudoProse(1, 30_000, 500);
    const after = before.map((word, n) => (n % 9 === 0 ? `new ${n}` : word));
    const hunks = align(before, after);
    expect(patched(before, after, hunks)).toEqual(after);
    expect(hunks.length).toBe(Math.ceil(30_000 / 9));
  });

  it('follows long lists past a passage that moved', () => {
    const before = pseudoProse(3, 5_000, 300);
    const after = [
      ...before.slice(0, 500),
      ...before.slice(700, 4_000),
      ...before.slice(500, 700),
      ...before.slice(4_000),
    ];
    const hunks = align(before, after);
    expect(patched(before, after, hunks)).toEqual(after);
    expect(editsOf(hunks)).toBeLessThanOrEqual(400);
  });

  it.each([2, 50, 5_000])(
    'gives up in time on long lists of %i words that have nothing in common',
    (vocabulary) => {
      const [before, after] = [pseudoProse(1, 30_000, vocabulary), pseudoProse(77, 30_000, vocabulary)];
      const start = process.cpuUsage();
      const hunks = align(before, after);
      expect(process.cpuUsage(start).user).toBeLessThan(1_500_000);
      expect(patched(before, after, hunks)).toEqual(after);
    },
  );
});
