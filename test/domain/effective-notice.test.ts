import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveNotice } from '../../src/domain/effective-notice.js';

const words = (posted: string, effectiveAt: string) => effectiveNotice(posted, effectiveAt)?.words;

describe('effectiveNotice', () => {
  it('says how many days ahead it was posted', () => {
    expect(effectiveNotice('2026-03-01T10:00:00Z', '2026-03-31')).toEqual({
      days: 30,
      words: "30 days' notice",
    });
    expect(words('2026-03-01T23:59:59Z', '2026-03-02')).toBe("1 day's notice");
  });

  it('says that there was no notice', () => {
    expect(words('2026-03-01T00:00:00Z', '2026-03-01')).toBe('takes effect at once, without notice');
    expect(words('2026-03-01T23:59:59Z', '2026-03-01')).toBe('takes effect at once, without notice');
    expect(effectiveNotice('2026-03-13T10:00:00Z', '2026-03-01')).toEqual({
      days: -12,
      words: 'took effect 12 days before it was posted',
    });
    expect(words('2026-03-02T00:00:00Z', '2026-03-01')).toBe('took effect 1 day before it was posted');
  });

  it('counts the day of posting in UTC, and leap days', () => {
    expect(words('2026-03-01T23:30:00-05:00', '2026-03-03')).toBe("1 day's notice");
    expect(words('2028-02-28T12:00:00Z', '2028-03-01')).toBe("2 days' notice");
  });

  it('is nothing when nobody said when it takes effect', () => {
    expect(effectiveNotice('2026-03-01T10:00:00Z', null)).toBeNull();
  });

  it('refuses what is no time', () => {
    expect(() => effectiveNotice('yesterday', '2026-03-01')).toThrow(RangeError);
  });

  it('counts days like a calendar, at whatever time of day', () => {
    const day = fc.integer({ min: -20_000, max: 40_000 });
    const dayMs = 86_400_000;
    fc.assert(
      fc.property(day, day, fc.integer({ min: 0, max: dayMs - 1 }), (posted, effective, within) => {
        const effectiveAt = new Date(effective * dayMs).toISOString().slice(0, 10);
        const notice = effectiveNotice(new Date(posted * dayMs + within).toISOString(), effectiveAt);
        expect(notice?.days).toBe(effective - posted);
      }),
    );
  });
});
