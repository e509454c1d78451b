import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { QuietHours, quietUntil } from '../../src/domain/quiet-hours.js';

const hours = (given: unknown) => QuietHours.parse(given);
const until = (given: unknown, zone: string, at: string) =>
  quietUntil(hours(given), zone, new Date(at))?.toISOString() ?? null;
const night = { from: '22:00', to: '07:00' };

describe('quietUntil', () => {
  it.each([
    ['in the evening', night, 'Europe/Berlin', '2026-01-15T21:30:00Z', '2026-01-16T06:00:00.000Z'],
    ['after midnight', night, 'Europe/Berlin', '2026-01-16T03:00:00Z', '2026-01-16T06:00:00.000Z'],
    ['as it begins', night, 'Europe/Berlin', '2026-01-15T21:00:00Z', '2026-01-16T06:00:00.000Z'],
    ['as it ends', night, 'Europe/Berlin', '2026-01-16T06:00:00Z', null],
    ['by day', night, 'Europe/Berlin', '2026-01-16T12:00:00Z', null],
    [
      'in a night that is an hour shorter',
      night,
      'Europe/Berlin',
      '2026-03-28T22:00:00Z',
      '2026-03-29T05:00:00.000Z',
    ],
    [
      'in a night that is an hour longer',
      night,
      'Europe/Berlin',
      '2026-10-24T22:00:00Z',
      '2026-10-25T06:00:00.000Z',
    ],
    [
      'until a time that is skipped',
      { from: '22:00', to: '02:30' },
      'Europe/Berlin',
      '2026-03-28T22:00:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'all weekend, which touches the nights around it',
      {
        ...night,
        days: { saturday: { from: '00:00', to: '24:00' }, sunday: { from: '00:00', to: '24:00' } },
      },
      'Europe/Berlin',
      '2026-01-16T21:30:00Z',
      '2026-01-18T23:00:00.000Z',
    ],
    [
      'on a day without a window',
      { ...night, days: { thursday: null } },
      'Europe/Berlin',
      '2026-01-15T21:30:00Z',
      null,
    ],
    [
      'in a zone of an odd offset',
      night,
      'Asia/Kathmandu',
      '2026-01-15T16:15:00Z',
      '2026-01-16T01:15:00.000Z',
    ],
  ])('is known %s', (_when, given, zone, at, expected) => {
    expect(until(given, zone, at)).toBe(expected);
  });

  const anyTime = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
  const anyZone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  );
  const anyInstant = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2032-01-01T00:00:00Z'),
    noInvalidDate: true,
  });

  it('ends when the wall clock says so, within a day, and is over then', () => {
    fc.assert(
      fc.property(anyTime, anyTime, anyZone, anyInstant, (from, to, zone, at) => {
        fc.pre(from !== to);
        const quiet = hours({ from, to });
        const end = quietUntil(quiet, zone, at);
        const clock = DateTime.fromJSDate(at, { zone }).toFormat('HH:mm');
        const isInside = from < to ? clock >= from && clock < to : clock >= from || clock < to;
        const changesToday = [-1, 1].some(
          (days) =>
            DateTime.fromJSDate(at, { zone }).plus({ days }).offset !==
            DateTime.fromJSDate(at, { zone }).offset,
        );
        if (!changesToday) expect(end !== null).toBe(isInside);
        if (end === null) return;
        expect(end.getTime()).toBeGreaterThan(at.getTime());
        expect(end.getTime() - at.getTime()).toBeLessThan(25 * 3_600_000);
        if (!changesToday) expect(DateTime.fromJSDate(end, { zone }).toFormat('HH:mm')).toBe(to);
        expect(quietUntil(quiet, zone, end)).toBeNull();
      }),
    );
  });
});

it.each([
  ['that are no time at all', { from: '08:00', to: '08:00' }, 'must differ'],
  ['that leave nothing of the week', { from: '00:00', to: '24:00' }, 'must leave some time'],
  ['of a day that is none', { ...night, days: { someday: null } }, ''],
  ['that end after the day', { from: '08:00', to: '24:01' }, ''],
])('refuses quiet hours %s', (_what, given, message) => {
  const { success, error } = QuietHours.safeParse(given);
  expect([success, error?.message]).toEqual([false, expect.stringContaining(message)]);
});
