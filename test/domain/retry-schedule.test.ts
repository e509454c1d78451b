import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../src/domain/retry-schedule.js';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const schedule = fc.array(fc.integer({ min: 1, max: 86_400 }), { minLength: 1, maxLength: 12 });

describe('retryDelayMs', () => {
  it('keeps within 20 % of the schedule', () => {
    fc.assert(
      fc.property(schedule, fc.nat(), random, (waits, index, chance) => {
        const attempt = (index % waits.length) + 1;
        const planned = (waits[attempt - 1] ?? 0) * 1_000;
        const delay = retryDelayMs(attempt, waits, chance);
        expect(delay).toBeGreaterThanOrEqual(planned * 0.8 - 1);
        expect(delay).toBeLessThanOrEqual(planned * 1.2 + 1);
      }),
    );
  });

  it('uses the whole of the spread', () => {
    expect(retryDelayMs(1, [100], 0)).toBe(80_000);
    expect(retryDelayMs(1, [100], 0.5)).toBe(100_000);
    expect(retryDelayMs(2, [1, 100], 0.999_999_999)).toBe(120_000);
  });

  it('ends after the last wait of the schedule, whatever the receiver asks', () => {
    fc.assert(
      fc.property(schedule, fc.integer({ min: 1, max: 1_000 }), random, (waits, beyond, chance) => {
        expect(retryDelayMs(waits.length + beyond, waits, chance, 60)).toBeNull();
      }),
    );
    expect(retryDelayMs(1, [], 0.5)).toBeNull();
  });

  it('waits as long as the receiver asks, up to a day, and never less than the schedule', () => {
    fc.assert(
      fc.property(schedule, random, fc.nat(10_000_000), (waits, chance, asked) => {
        const own = retryDelayMs(1, waits, chance) ?? 0;
        const delay = retryDelayMs(1, waits, chance, asked);
        expect(delay).toBe(Math.max(own, Math.min(asked, 86_400) * 1_000));
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('throws on attempt number %d', (attempt) => {
    expect(() => retryDelayMs(attempt, [5], 0.5)).toThrow(RangeError);
  });
});
