import { randomUUID } from 'node:crypto';
import type { DeliveryId } from '../domain/ids.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';
import type { Lane } from '../tickets/ticket-bus.js';
import { findLeased, leaseDue, releaseLeases, type LeasedDelivery } from './delivery.store.js';
import type { OutcomeRecorder } from './outcome-recorder.js';
import { attemptTimeoutMs, type Sender } from './sender.js';

/** A lease outlives every attempt that is made under it, with room for recording it. */
const leaseMs = 2 * attemptTimeoutMs;
/** How long a stopping worker waits for what is in flight before it cuts it off. */
const drainMs = 20_000;

/** The injection token of the WorkerParts. */
export const WORKER_PARTS = Symbol('WORKER_PARTS');

/** What the workers of all lanes share. */
export type WorkerParts = {
  database: Database;
  sender: Sender;
  recorder: OutcomeRecorder;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
};

/** Sends the deliveries of one lane: claims as many as have room, never waits for the slowest. */
export class LaneWorker {
  private readonly inFlight = new Map<DeliveryId, Promise<void>>();
  private readonly cut = new AbortController();
  private roomAgain: (() => void) | null = null;

  /** @param slots attempts that are made at a time */
  constructor(
    readonly lane: Lane,
    private readonly slots: number,
    private readonly parts: WorkerParts,
  ) {}

  /** Works until nothing is due. Returns with deliveries still in flight: the next call fills the rooms they leave. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const room = this.slots - this.inFlight.size;
      if (room * 4 < this.slots) {
        await this.room(signal);
        continue;
      }
      const claim = randomUUID();
      const ids = await leaseDue(this.parts.database, {
        lane: this.lane,
        now: this.parts.clock.now(),
        limit: room,
        claim,
        leaseMs,
      });
      if (ids.length === 0) return;
      await this.take(ids, claim, signal);
    }
  }

  /** Resolves when everything in flight has been recorded; cuts off what takes too long. */
  async drain(): Promise<void> {
    const timer = setTimeout(() => this.cut.abort(), drainMs);
    await Promise.all(this.inFlight.values());
    clearTimeout(timer);
  }

  private async take(ids: DeliveryId[], claim: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      await releaseLeases(
        this.parts.database,
        ids,
        ids.map(() => claim),
        this.parts.clock.now(),
      );
      return;
    }
    for (const delivery of await findLeased(this.parts.database, ids)) {
      const sending = this.send(delivery, claim).finally(() => {
        this.inFlight.delete(delivery.id);
        this.roomAgain?.();
      });
      this.inFlight.set(delivery.id, sending);
    }
  }

  private async send(delivery: LeasedDelivery, claim: string): Promise<void> {
    try {
      const ending = await this.parts.sender.attempt(delivery, claim, this.cut.signal);
      const recorded = await this.parts.recorder.record(ending);
      const state = recorded ? ending.state : 'lease lost';
      this.parts.metrics.deliveries.inc({ lane: this.lane, state });
      this.parts.metrics.attemptSeconds.observe({ lane: this.lane }, ending.ms / 1_000);
      this.parts.log.info(
        { deliveryId: delivery.id, lane: this.lane, state, ms: ending.ms },
        'delivery finished',
      );
    } catch (error) {
      // Not recorded: the lease runs out and the delivery is sent again, by the same ids.
      this.parts.log.error(
        { deliveryId: delivery.id, lane: this.lane, err: error },
        'a delivery could not be recorded',
      );
    }
  }

  /** Resolves when an attempt has ended, or the signal says stop. */
  private async room(signal: AbortSignal): Promise<void> {
    let stop = (): void => undefined;
    await new Promise<void>((resolve) => {
      this.roomAgain = resolve;
      stop = resolve;
      signal.addEventListener('abort', stop, { once: true });
    });
    // The signal lives as long as the worker: what is left on it adds up.
    signal.removeEventListener('abort', stop);
    this.roomAgain = null;
  }
}
