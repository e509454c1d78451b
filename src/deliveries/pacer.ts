import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { removeOldPace, reservePace } from './pace.store.js';

/** From this rate on, in deliveries a second, a burst of one second's worth may start at once. */
const burstFrom = 5;
/** Keys of one second that are remembered for their free pass: those beyond get none. */
const mostRemembered = 10_000;
const sweepEveryMs = 60_000;
const sweepLimit = 1_000;
/** What stands in the past says nothing; an hour leaves room for clocks that differ. */
const oldMs = 3_600_000;
/** Nobody reserves so far ahead: what says so was written by a clock that is wrong. */
const beyondReasonMs = 7 * 86_400_000;

/** What limits one delivery. `key` is chosen by the caller (an id, never an address) and has one rate at a time. */
export type Pace = { key: string; perSecond: number };

/** What one call wants of one key. `uncharged` are free passes that the database was not told of. */
type Demand = Pace & { count: number; uncharged: number };

/**
 * Limits rates, of all workers together and without waiting: says when each delivery may start. By GCRA, the leaky bucket
 * that needs one time for each key: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 *
 * A key of a rate that allows bursts costs no statement when this process did not use it for a second and wants it once
 * now: a storm to a million destinations, one delivery each, reserves nothing. The pass is charged when the key is used
 * again soon after, so one process keeps the rate; each worker beyond the first may add one delivery a second.
 *
 * Workers whose clocks differ keep the rate, by the fastest of them: the slower are sent as far ahead as they are behind.
 */
@Injectable()
export class Pacer {
  /** The keys that this second used, with their uncharged passes, and those of the second before. */
  private current = new Map<string, number>();
  private previous = new Map<string, number>();
  private secondBegan = 0;
  private lastSweep = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * For each item, in order, the time at which it may start: that is reserved, whether it is used or not. Items of one
   * key get slots that follow each other. One statement for all: 0.3 ms, and 6 µs a key.
   *
   * @throws RangeError on a rate that is not above 0, and what the database throws
   */
  async reserve(items: readonly Pace[]): Promise<Date[]> {
    const now = this.clock.now();
    this.turnSecond(now.getTime());
    const demands = new Map<string, Demand>();
    for (const { key, perSecond } of items) {
      if (!(perSecond > 0)) throw new RangeError('a rate is above 0');
      const demand = demands.get(key);
      if (demand === undefined) demands.set(key, { key, perSecond, count: 1, uncharged: 0 });
      else demand.count++;
    }
    const slots = await this.slots(
      [...demands.values()].filter((demand) => !this.passes(demand)),
      now,
    );
    if (slots.size > 0) await this.sweep(now.getTime());
    return items.map(({ key }) => {
      const slot = slots.get(key);
      if (slot === undefined) return now;
      const startMs = slot.nextMs;
      slot.nextMs += slot.everyMs;
      // In whole ms, rounded up; the database keeps µs, and may be one off.
      return new Date(now.getTime() + Math.max(0, Math.ceil(startMs - 0.002)));
    });
  }

  /** The first slot of each key, in ms from now (in the past where a burst is allowed), and what lies between slots. */
  private async slots(demands: readonly Demand[], now: Date) {
    const slots = new Map<string, { nextMs: number; everyMs: number }>();
    if (demands.length === 0) return slots;
    const moves = demands.map(({ key, perSecond, count, uncharged }) => ({
      key,
      ms: ((count + uncharged) * 1_000) / perSecond,
    }));
    const aheadMs = await reservePace(this.database, moves, now);
    for (const { key, perSecond, count } of demands) {
      const everyMs = 1_000 / perSecond;
      const burstMs = perSecond >= burstFrom ? 1_000 - everyMs : 0;
      slots.set(key, { nextMs: (aheadMs.get(key) ?? 0) - count * everyMs - burstMs, everyMs });
    }
    return slots;
  }

  /** Whether the key needs no reservation; if it does, what passed before is charged with it. */
  private passes(demand: Demand): boolean {
    if (demand.perSecond < burstFrom) return false;
    const used = this.current.get(demand.key) ?? this.previous.get(demand.key);
    const hasRoom = this.current.size < mostRemembered;
    const isFree = used === undefined && demand.count === 1 && hasRoom;
    demand.uncharged = used ?? 0;
    if (hasRoom || this.current.has(demand.key)) this.current.set(demand.key, isFree ? 1 : 0);
    return isFree;
  }

  private turnSecond(nowMs: number): void {
    const sinceMs = nowMs - this.secondBegan;
    if (sinceMs >= 0 && sinceMs < 1_000) return;
    this.previous = sinceMs >= 0 && sinceMs < 2_000 ? this.current : new Map<string, number>();
    this.current = new Map();
    this.secondBegan = nowMs;
  }

  /** Now and then removes rows that say nothing any more. Failing, it leaves them to the next. */
  private async sweep(nowMs: number): Promise<void> {
    if (Math.abs(nowMs - this.lastSweep) < sweepEveryMs) return;
    this.lastSweep = nowMs;
    const [oldest, latest] = [new Date(nowMs - oldMs), new Date(nowMs + beyondReasonMs)];
    await removeOldPace(this.database, oldest, latest, sweepLimit).catch(() => undefined);
  }
}
