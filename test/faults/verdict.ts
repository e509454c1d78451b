import { expect } from 'vitest';
import type { DeliveryRow } from './ledger.js';
import { lanes, type Receipt } from './receipts.js';
import type { Stage } from './stage.js';

/**
 * A time that explains repeats of so many workers: of what was received `before` in it, and may have gone unrecorded; or of
 * what came `again` in it. Milliseconds of `performance.now()`.
 */
export type Fault = { of: 'before' | 'again'; from: number; until: number; workers: number };

/**
 * The longest that lies between a sink's receipt and its record in the ledger. A worker that renders a first mail does
 * nothing else meanwhile; as on a busy machine that takes many times longer, so may a start.
 */
function recordingMs({ fleet }: Stage): number {
  return Math.max(3_000, 2 * fleet.slowestStartMs);
}

/** A sink on a busy machine takes in late what a worker sent before it was killed. */
const sinkDelayMs = 1_000;
/**
 * Deliveries of one lane that one worker has in flight, at most: 256 attempts, and 2,000 that were taken by the receiver and
 * wait to be recorded.
 */
const mostInFlight = 2_256;

/** What one worker has in hand is lost to the ledger when it is killed. */
export function killAt(stage: Stage, at: number): Fault {
  return { of: 'before', from: at - recordingMs(stage), until: at + sinkDelayMs, workers: 1 };
}

/** Nothing is recorded while the database is away. */
export function outage(stage: Stage, from: number, until: number, workers: number): Fault {
  return { of: 'before', from: from - recordingMs(stage), until: until + sinkDelayMs, workers };
}

/** A worker wakes, and does not know yet that others took over what it holds. */
export function waking(from: number): Fault {
  return { of: 'again', from, until: Infinity, workers: 1 };
}

/**
 * Every delivery of the ledger is delivered and was received, under one id of its own, alike each time; and what came again
 * had come before at a fault.
 *
 * @param faults those that may have made repeats
 * @returns the counts by lane
 */
export async function expectNothingLost(
  { ledger, due, sinks: { receipts } }: Stage,
  faults: readonly Fault[],
) {
  const states = await ledger.countStates();
  expect(states.filter(({ state }) => state !== 'delivered')).toEqual([]);
  const deliveries = await ledger.deliveries();
  expect(deliveries).toHaveLength(due);

  return lanes
    .map((lane) => {
      const here = deliveries.filter((delivery) => delivery.lane === lane);
      const messages = receipts.messages(lane);
      const missing = missingMessages(here, messages);
      const repeats = receipts.repeats(lane);
      const stray = repeats.filter(
        (repeat) => !faults.some(({ of, from, until }) => repeat[of].at >= from && repeat[of].at <= until),
      );
      const altered = repeats.filter(({ before, again }) => before.fingerprint !== again.fingerprint);
      // Of those that nothing explains, it helps to know how long after what they came.
      const strayS = stray.slice(0, 5).map(({ before, again }) => secondsSince(faults, before.at, again.at));
      expect({ lane, missing, stray: stray.length, strayS, altered: altered.length }).toEqual({
        lane,
        missing: 0,
        stray: 0,
        strayS: [],
        altered: 0,
      });
      const most = faults.reduce((sum, { workers }) => sum + workers * mostInFlight, 0);
      expect(repeats.length).toBeLessThanOrEqual(most);
      return {
        lane,
        due: here.length,
        messages: messages.length,
        missing,
        received: messages.flat().length,
        repeats: repeats.length,
      };
    })
    .filter((row) => row.due > 0);
}

/** When a message came and came again, in seconds since the first of the faults. */
function secondsSince(faults: readonly Fault[], ...times: number[]): string {
  const from = faults[0]?.from ?? 0;
  return `${times.map((at) => ((at - from) / 1_000).toFixed(2)).join(' and ')}; faults ${faults
    .map(
      (fault) => `${((fault.from - from) / 1_000).toFixed(2)}–${((fault.until - from) / 1_000).toFixed(2)}`,
    )
    .join(', ')}`;
}

/** An account has one destination a lane: as many messages must have come to it as the ledger has deliveries for it. */
function missingMessages(deliveries: readonly DeliveryRow[], messages: readonly Receipt[][]): number {
  const open = new Map<number, number>();
  const add = (account: number, count: number) => open.set(account, (open.get(account) ?? 0) + count);
  for (const { accountId } of deliveries) add(Number(accountId), 1);
  for (const receipts of messages) {
    const taken = receipts.find((receipt) => receipt.taken);
    if (taken) add(taken.account, -1);
  }
  // A message that nobody ordered is as wrong as one that is missing.
  return [...open.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}
