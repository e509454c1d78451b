import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { windowEnd, type DigestCadence } from '../../src/domain/digest-window.js';

const daily = (at: string): DigestCadence => ({ mode: 'daily', at });
const weekly = (on: 'monday' | 'sunday' | 'friday', at: string): DigestCadence => ({
  mode: 'weekly',
  on,
  at,
});
const hourly: DigestCadence = { mode: 'hourly' };
const ends = (cadence: DigestCadence, zone: string, after: string, count: number) => {
  const found: string[] = [];
  for (let at = new Date(after); found.length < count;) {
    at = windowEnd(cadence, zone, at);
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
};

describe('windowEnd', () => {
  it.each<[string, DigestCadence, string, string, string[]]>([
    ['a day in UTC', daily('08:00'), 'UTC', '2026-03-01T08:00:00Z', ['2026-03-02T08:00', '2026-03-03T08:00']],
    [
      'a time that is skipped: the moment at which the clock is put forward',
      daily('02:30'),
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    [
      'a time that comes twice: the first',
      daily('02:30'),
      'Europe/Berlin',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'a midnight that is skipped',
      daily('00:00'),
      'America/Santiago',
      '2026-09-05T12:00:00Z',
      ['2026-09-06T04:00', '2026-09-07T03:00'],
    ],
    [
      'a leap day',
      daily('00:00'),
      'Asia/Kathmandu',
      '2028-02-28T00:00:00Z',
      ['2028-02-28T18:15', '2028-02-29T18:15', '2028-03-01T18:15'],
    ],
    [
      'a day that was left out',
      daily('08:00'),
      'Pacific/Apia',
      '2011-12-28T20:00:00Z',
      ['2011-12-29T18:00', '2011-12-30T18:00', '2011-12-31T18:00'],
    ],
    [
      'a week',
      weekly('monday', '09:00'),
      'Asia/Kolkata',
      '2026-03-01T00:00:00Z',
      ['2026-03-02T03:30', '2026-03-09T03:30'],
    ],
    [
      'a week in which the clock changes',
      weekly('sunday', '09:00'),
      'America/New_York',
      '2026-03-01T15:00:00Z',
      ['2026-03-08T13:00', '2026-03-15T13:00'],
    ],
    [
      'an hour that is skipped',
      hourly,
      'Europe/Berlin',
      '2026-03-28T23:30:00Z',
      ['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T02:00'],
    ],
    [
      'hours where the clock moves by half of one',
      hourly,
      'Australia/Lord_Howe',
      '2026-04-04T13:10:00Z',
      ['2026-04-04T14:00', '2026-04-04T15:00', '2026-04-04T15:30', '2026-04-04T16:30'],
    ],
    [
      'hours of an odd offset',
      hourly,
      'Asia/Kathmandu',
      '2026-01-01T00:00:00Z',
      ['2026-01-01T00:15', '2026-01-01T01:15'],
    ],
  ])('ends at %s', (_what, cadence, zone, after, expected) => {
    expect(ends(cadence, zone, after, expected.length)).toEqual(expected);
  });

  const anyZone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Pacific/Chatham',
    'Africa/Casablanca',
    'America/Sao_Paulo',
    'Asia/Tehran',
    'Antarctica/Troll',
  );
  const anyTime = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
  const anyInstant = fc.date({
    min: new Date('2009-01-01T00:00:00Z'),
    max: new Date('2035-01-01T00:00:00Z'),
    noInvalidDate: true,
  });

  it('comes once on each day of the calendar that has such a time, and at that time unless the clock skips it', () => {
    fc.assert(
      fc.property(anyZone, anyTime, anyInstant, (zone, at, from) => {
        let end = windowEnd(daily(at), zone, from);
        expect(end.getTime()).toBeGreaterThan(from.getTime());
        for (let n = 0; n < 3; n++) {
          const next = windowEnd(daily(at), zone, end);
          const [one, other] = [end, next].map((time) => DateTime.fromJSDate(time, { zone }));
          const days = Math.round(other!.startOf('day').diff(one!.startOf('day'), 'days').days);
          // Apia changed sides of the date line, and left out 30 December 2011.
          expect(days).toBe(zone === 'Pacific/Apia' && one!.toISODate() === '2011-12-29' ? 2 : 1);
          if (other!.toFormat('HH:mm') !== at)
            expect(other!.minus({ milliseconds: 1 }).offset).toBeLessThan(other!.offset);
          end = next;
        }
      }),
      {
        examples: [
          ['Pacific/Apia', '00:00', new Date('2011-12-26T10:00:00Z')],
          ['Pacific/Apia', '12:00', new Date('2011-12-26T10:00:00Z')],
        ],
      },
    );
  });

  it('is the same wherever in the window one asks', () => {
    const cadence = fc.oneof(
      fc.constant(hourly),
      anyTime.map(daily),
      anyTime.map((at) => weekly('friday', at)),
    );
    fc.assert(
      fc.property(
        cadence,
        anyZone,
        anyInstant,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (some, zone, from, part) => {
          const begin = windowEnd(some, zone, from);
          const end = windowEnd(some, zone, begin);
          const inside = new Date(begin.getTime() + Math.floor(part * (end.getTime() - begin.getTime())));
          expect(windowEnd(some, zone, inside)).toEqual(end);
        },
      ),
    );
  });
});
