import { weekdays } from './cadence.js';
import { LocalTimeZone, weekdayOf, type LocalDay } from './local-time.js';

const dayMs = 86_400_000;

/** The weeks of a zone's calendar, each named by its Monday. */
export class CalendarWeeks {
  private readonly zone: LocalTimeZone;
  /** The week that was asked for last, in milliseconds: most instants lie in the week of the one before. */
  private known = { from: 0, until: 0, monday: '' };

  /** @throws RangeError for a name that is no IANA zone */
  constructor(timeZone: string) {
    this.zone = new LocalTimeZone(timeZone);
  }

  /** @param instant milliseconds since 1970 @returns the Monday of its week, `2026-03-23` */
  mondayOf(instant: number): string {
    if (instant < this.known.from || instant >= this.known.until) {
      const day = this.mondayDay(instant);
      const [from, until] = [day, day + 7].map((one) => this.zone.instantOf(one, 0));
      // A Monday that the calendar left out begins no week.
      this.known = { from: from ?? instant, until: until ?? instant, monday: isoDate(day) };
    }
    return this.known.monday;
  }

  /** Every week from one instant's to another one's, oldest first. */
  between(from: number, until: number): string[] {
    const first = this.mondayDay(from);
    const count = (this.mondayDay(until) - first) / 7 + 1;
    return Array.from({ length: Math.max(0, count) }, (_, week) => isoDate(first + week * 7));
  }

  private mondayDay(instant: number): LocalDay {
    const day = this.zone.dayAt(instant);
    return day - weekdays.indexOf(weekdayOf(day));
  }
}

function isoDate(day: LocalDay): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
