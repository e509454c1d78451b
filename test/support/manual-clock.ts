import { Clock } from '../../src/platform/clock.js';

/** A clock that stands still until a test moves it. Starts at the real time, so that signatures and TLS stay plausible. */
export class ManualClock extends Clock {
  private offsetMs = 0;
  private readonly start = new Date();

  override now(): Date {
    return new Date(this.start.getTime() + this.offsetMs);
  }

  advance(seconds: number): void {
    this.offsetMs += seconds * 1_000;
  }
}
