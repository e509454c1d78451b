import { describe, expect, it } from 'vitest';
import { Cadence, LocalTime } from '../../src/domain/cadence.js';

describe('Cadence', () => {
  it.each([
    { mode: 'instant' },
    { mode: 'hourly' },
    { mode: 'daily', at: '08:00' },
    { mode: 'weekly', on: 'monday', at: '23:59' },
  ])('takes %j', (cadence) => {
    expect(Cadence.parse(cadence)).toEqual(cadence);
  });

  it.each([
    {},
    { mode: 'monthly' },
    { mode: 'instant', at: '08:00' },
    { mode: 'daily' },
    { mode: 'daily', at: '8:00' },
    { mode: 'weekly', at: '08:00' },
    { mode: 'weekly', on: 'Monday', at: '08:00' },
    { mode: 'weekly', on: 'monday', at: '24:00' },
  ])('refuses %j', (cadence) => {
    expect(Cadence.safeParse(cadence).success).toBe(false);
  });
});

const two = (n: number) => String(n).padStart(2, '0');

describe('LocalTime', () => {
  it('takes every minute of the day, and nothing else', () => {
    for (let minute = 0; minute < 24 * 60; minute++) {
      const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
      expect(LocalTime.safeParse(time).success).toBe(true);
    }
    for (const time of ['24:00', '08:60', '8:00', '08:00:00', ' 08:00', '08:00\n', '']) {
      expect(LocalTime.safeParse(time).success).toBe(false);
    }
  });
});
