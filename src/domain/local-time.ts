import { IANAZone } from 'luxon';
import { weekdays, type Weekday } from './cadence.js';

/** A calendar day without a zone, as the day's number since 1970-01-01: arithmetic on it knows no summer time. */
export type LocalDay = number;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** 1970-01-01 was a Thursday. */
const weekdayOfDayZero = 3;

export const minutesOfDay = dayMs / minuteMs;

/** @param time `hh:mm` @returns minutes after midnight */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

export function weekdayOf(day: LocalDay): Weekday {
  return weekdays[(((day + weekdayOfDayZero) % 7) + 7) % 7] ?? 'monday';
}

/** Instants and wall clocks of one IANA time zone. Times are milliseconds since 1970 (UTC); so are wall clocks, read as if they were UTC. */
export class LocalTimeZone {
  private readonly zone: IANAZone;

  /** @throws RangeError for a name that is no IANA zone */
  constructor(name: string) {
    this.zone = IANAZone.create(name);
    if (!this.zone.isValid) throw new RangeError(`"${name}" is no IANA time zone`);
  }

  /** What the wall clock reads at an instant. */
  wallClock(instant: number): number {
    return instant + this.offsetMs(instant);
  }

  /** The day that the calendar shows at an instant. */
  dayAt(instant: number): LocalDay {
    return Math.floor(this.wallClock(instant) / dayMs);
  }

  /**
   * When a day's wall clock first reads `hh:mm`. A time that the clock skips counts as the moment at which it is put
   * forward; one that it shows twice, as the first of them.
   *
   * @param time minutes after midnight
   * @returns null for a day that the zone left out, as Samoa did 2011-12-30
   */
  instantOf(day: LocalDay, time: number): number | null {
    const wall = day * dayMs + time * minuteMs;
    // No offset is a day or more: those of the day before and after are all that the day may have.
    const offsets = [this.offsetMs(wall - dayMs), this.offsetMs(wall + dayMs)];
    const [first] = offsets
      .map((offset) => wall - offset)
      .filter((t) => this.wallClock(t) === wall)
      .toSorted((a, b) => a - b);
    if (first !== undefined) return first;
    const skipped = this.changeBetween(wall - Math.max(...offsets), wall - Math.min(...offsets));
    return skipped !== null && this.dayAt(skipped) === day ? skipped : null;
  }

  /** The first instant after `after` at which an hour of the wall clock begins. */
  nextHour(after: number): number {
    const wall = this.wallClock(after);
    const expected = after + (Math.floor(wall / hourMs) + 1) * hourMs - wall;
    const change = this.changeBetween(after, expected);
    if (change === null || change === expected) return expected;
    const changed = this.wallClock(change);
    return change + Math.ceil(changed / hourMs) * hourMs - changed;
  }

  private offsetMs(instant: number): number {
    return this.zone.offset(instant) * minuteMs;
  }

  /** When the clock is put forward or back after `from`, until `until` and that included; null when it is not. */
  private changeBetween(from: number, until: number): number | null {
    const before = this.offsetMs(from);
    if (this.offsetMs(until) === before) return null;
    let [low, high] = [from, until];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetMs(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }
}
