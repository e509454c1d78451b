import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowEnd, type DigestCadence } from '../../src/domain/digest-window.js';
import { windowBegin } from '../../src/domain/window-begin.js';

describe('windowBegin', () => {
  it('is where the window before ended, in whatever zone', () => {
    const cadence = fc.constantFrom<DigestCadence>(
      { mode: 'hourly' },
      { mode: 'daily', at: '02:30' },
      { mode: 'weekly', on: 'sunday', at: '02:30' },
      { mode: 'weekly', on: 'friday', at: '00:00' },
    );
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
    );
    const instant = fc.date({
      min: new Date('2011-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(cadence, zone, instant, (some, timeZone, from) => {
        const begin = windowEnd(some, timeZone, from);
        const end = windowEnd(some, timeZone, begin);
        expect(windowBegin(some, timeZone, end)).toEqual(begin);
      }),
    );
    // The week in which Samoa left out a Friday lasts two.
    const friday: DigestCadence = { mode: 'weekly', on: 'friday', at: '08:00' };
    const end = windowEnd(friday, 'Pacific/Apia', new Date('2011-12-25T00:00:00Z'));
    expect(windowBegin(friday, 'Pacific/Apia', end).toISOString()).toBe('2011-12-23T18:00:00.000Z');
  });
});
