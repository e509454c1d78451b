import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { dayWords, instantWords } from '../../src/domain/wording.js';

const instants = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});

describe('times in words', () => {
  it('are what Luxon makes of them', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const [instant, day] = [at.toISOString(), at.toISOString().slice(0, 10)];
        const luxon = DateTime.fromISO(instant, { zone: 'utc', locale: 'en-GB' });
        expect(instantWords(instant)).toBe(luxon.toFormat("d LLLL yyyy, HH:mm 'UTC'"));
        expect(dayWords(day)).toBe(luxon.toFormat('d LLLL yyyy'));
      }),
    );
  });

  it('are in UTC, whatever the offset', () => {
    expect(instantWords('2026-05-04T00:30:00+02:00')).toBe('3 May 2026, 22:30 UTC');
  });

  it('leave what is no time as it is', () => {
    expect([instantWords('soon'), dayWords('')]).toEqual(['soon', '']);
  });
});
