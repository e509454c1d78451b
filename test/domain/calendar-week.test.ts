import { describe, expect, it } from 'vitest';
import { CalendarWeeks } from '../../src/domain/calendar-week.js';

const at = (time: string) => Date.parse(time);

describe('CalendarWeeks', () => {
  it('names a week by its Monday, by the calendar of the zone', () => {
    const [utc, auckland] = [new CalendarWeeks('UTC'), new CalendarWeeks('Pacific/Auckland')];
    expect(utc.mondayOf(at('2026-03-29T23:59:59Z'))).toBe('2026-03-23');
    expect(utc.mondayOf(at('2026-03-30T00:00:00Z'))).toBe('2026-03-30');
    expect(auckland.mondayOf(at('2026-03-29T12:00:00Z'))).toBe('2026-03-30');
    expect(utc.mondayOf(at('2025-01-01T00:00:00Z'))).toBe('2024-12-30');
  });

  it('lists every week, over changes of the clock too', () => {
    const weeks = new CalendarWeeks('Europe/Berlin').between(
      at('2026-03-25T00:00:00Z'),
      at('2026-04-06T00:00:00Z'),
    );
    expect(weeks).toEqual(['2026-03-23', '2026-03-30', '2026-04-06']);
  });
});
