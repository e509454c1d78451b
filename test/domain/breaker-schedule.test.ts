import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakerPauseMs, failuresToOpen } from '../../src/domain/breaker-schedule.js';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.integer({ min: failuresToOpen, max: 5_000 });

describe('breakerPauseMs', () => {
  it('begins with half a minute, doubles with each failed probe and ends at ten minutes', () => {
    const pauses = [0, 1, 2, 3, 4, 5, 6].map(
      (probes) => breakerPauseMs(failuresToOpen + probes, 0.5) / 1_000,
    );
    expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });

  it('keeps within 20 % of the plan, and uses the whole of it', () => {
    fc.assert(
      fc.property(failures, random, (count, chance) => {
        const planned = breakerPauseMs(count, 0.5);
        expect(breakerPauseMs(count, chance)).toBeGreaterThanOrEqual(planned * 0.8 - 1);
        expect(breakerPauseMs(count, chance)).toBeLessThanOrEqual(planned * 1.2 + 1);
      }),
    );
    expect(breakerPauseMs(failuresToOpen, 0)).toBe(24_000);
    expect(breakerPauseMs(failuresToOpen, 0.999_999_999)).toBe(36_000);
  });

  it('never shortens with more failures', () => {
    fc.assert(
      fc.property(failures, failures, random, (one, other, chance) => {
        const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
        expect(breakerPauseMs(more, chance)).toBeGreaterThanOrEqual(breakerPauseMs(fewer, chance));
      }),
    );
  });

  it.each([failuresToOpen - 1, 0, -1, Number.NaN])('throws on %d failures', (count) => {
    expect(() => breakerPauseMs(count, 0.5)).toThrow(RangeError);
  });
});
