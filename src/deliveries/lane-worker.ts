import type { Channel } from '../channels/channel.js';
import type { LaneMetrics } from '../platform/metrics/lane-metrics.js';
import { DispatchQueue, type Ready } from './dispatch-queue.js';
import { endingOf } from './ending-of.js';
import type { HeldParcels } from './held-parcels.js';
import { LaneReader, type Read } from './lane-reader.js';
import type { LeasedDelivery } from './leased-delivery.store.js';
import { waiting, type Result } from './sender.js';
import type { WorkerParts } from './worker-parts.js';

/** How long a stopping worker waits for what is in flight before it cuts it off. */
const drainMs = 20_000;
/** While there is enough in hand, how often to look for what has become due again. */
const lookMs = 1_000;
/** With fewer deliveries waiting for a slot the next page is read: some hundredths of a second's worth. */
const lowWater = 400;
/** Deliveries that wait for their endpoint's turn, in memory. */
const mostParked = 2_000;
/** Endings that wait to be recorded: with more, sending waits for the database. */
const mostUnrecorded = 2_000;
/** What found no place is set aside for so long, and up to twice as long. */
const setAsideMs = 10_000;
/** What may start within this time waits for it in memory, the rest in the ledger. */
const longestHoldMs = 1_500;

/**
 * Sends the deliveries of one lane. Parcels are leased and read page by page into a queue; as many attempts as there are
 * slots are under way, and each that ends makes room for the next: nothing waits for the slowest, or for the ledger.
 */
export class LaneWorker {
  private readonly counts: LaneMetrics;
  private readonly reader: LaneReader;
  private readonly queue: DispatchQueue;
  private readonly held = new Map<Ready, NodeJS.Timeout>();
  private attempting = 0;
  private recording = 0;
  /** Messages that are being brought up to date. They hold up nothing: what they show is not in the ledger. */
  private readonly showing = new Set<Promise<unknown>>();
  private drained: () => void = () => undefined;
  private readonly cut = new AbortController();
  private isRunning = false;
  private isWoken = false;
  private endRest: () => void = () => undefined;

  constructor(
    private readonly channel: Channel,
    private readonly parts: WorkerParts,
  ) {
    this.counts = parts.metrics.lane(channel.kind);
    this.reader = new LaneReader(channel, parts);
    const { attempts, ofOneEndpoint } = channel.concurrency;
    this.queue = new DispatchQueue({
      share: ofOneEndpoint,
      mostParked,
      lowWater: Math.max(lowWater, attempts),
    });
  }

  /** Works until nothing is due that is not on its way. Called while it works, it looks at once for what is new. */
  async run(signal: AbortSignal): Promise<void> {
    this.reader.ring();
    if (this.isRunning) return this.wake();
    this.isRunning = true;
    const wake = (): void => this.wake();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        await this.parts.breakers.refresh();
        const { read, mayBeMore } = await this.reader.next(this.queue);
        if (signal.aborted) break;
        this.place(read);
        this.send();
        if (mayBeMore) continue;
        if (this.queue.isEmpty && this.held.size === 0) return;
        await this.rest();
      }
    } finally {
      // The signal lives as long as the worker: what is left on it adds up.
      signal.removeEventListener('abort', wake);
      this.isRunning = false;
    }
  }

  /** Resolves when what is on its way has been recorded and the rest given back; cuts off what takes too long. */
  async drain(): Promise<void> {
    for (const timer of this.held.values()) clearTimeout(timer);
    this.held.clear();
    this.queue.clear();
    const cut = new Promise((resolve) => this.cut.signal.addEventListener('abort', resolve, { once: true }));
    const timer = setTimeout(() => this.cut.abort(), drainMs);
    if (this.attempting + this.recording > 0) await new Promise<void>((resolve) => (this.drained = resolve));
    await this.parcels.release();
    await Promise.race([Promise.all(this.showing), cut]);
    clearTimeout(timer);
  }

  private get parcels(): HeldParcels {
    return this.reader.parcels;
  }

  private get slots(): number {
    return this.channel.concurrency.attempts;
  }

  /** Queues what was read, or lets it wait for its time: shortly here, longer in the ledger. */
  private place(read: readonly Read[]): void {
    const now = this.parts.clock.now().getTime();
    for (const { ready, startsAt } of read) {
      const waitMs = startsAt === null ? 0 : startsAt.getTime() - now;
      if (waitMs <= 0) this.queue.add(ready);
      else if (waitMs <= longestHoldMs) this.hold(ready, waitMs);
      else this.setAside(ready, new Date(now + waitMs), true);
    }
  }

  private hold(ready: Ready, ms: number): void {
    const timer = setTimeout(() => {
      this.held.delete(ready);
      this.queue.add(ready);
      this.pump();
    }, ms);
    this.held.set(ready, timer);
  }

  /** Something has ended: makes use of the room, and has more read when little waits. */
  private pump(): void {
    this.send();
    if (this.queue.isLow) this.wake();
  }

  private send(): void {
    while (this.attempting < this.slots && this.recording < mostUnrecorded) {
      const { ready, setAside } = this.queue.next();
      for (const one of setAside) {
        this.setAside(one, this.later(this.parts.clock.now(), setAsideMs), false);
      }
      if (ready === null) break;
      void this.start(ready);
    }
  }

  /** The whole of one delivery: the slot is free when the attempt has ended, whether that is recorded or not. */
  private async start(ready: Ready): Promise<void> {
    this.attempting++;
    let result: Result | null = null;
    try {
      result = await this.attempt(ready);
    } catch (error) {
      // A bug. The delivery stays due: its parcel is not removed, and its lease runs out.
      const { id, lane } = ready.delivery;
      this.parts.log.error({ deliveryId: id, lane, err: error }, 'an attempt failed inside');
    } finally {
      this.attempting--;
      this.queue.finished(ready, answered(result));
      this.record(ready, result);
    }
    this.pump();
  }

  /** @returns null when the lease is about to run out: whoever takes it over sends the delivery */
  private async attempt({ delivery, parcel, endpoint }: Ready): Promise<Result | null> {
    const { sender, breakers, clock } = this.parts;
    if (!parcel.isHeld) return null;
    const at = clock.now();
    if (parcel.isSuspect && parcel.isSingle) return sender.abandoned(delivery);
    const admission = breakers.admit(this.channel.kind, endpoint);
    const mayGo =
      admission.kind === 'go' ||
      (admission.kind === 'probe' && (await breakers.takeProbe(this.channel.kind, endpoint)));
    if (!mayGo) {
      const until = admission.kind === 'wait' ? admission.until : at;
      return waiting(at, this.later(until, setAsideMs), false);
    }
    const result = await sender.attempt(delivery, this.cut.signal);
    if (result.endpoint !== null) breakers.note(this.channel.kind, endpoint, result.endpoint);
    return result;
  }

  private setAside(ready: Ready, dueAt: Date, paced: boolean): void {
    this.record(ready, waiting(this.parts.clock.now(), dueAt, paced));
  }

  /** Hands the result on to be recorded, which nobody waits for but `drain`. */
  private record(ready: Ready, result: Result | null): void {
    this.recording++;
    void this.recorded(ready, result).finally(() => {
      this.recording--;
      this.pump();
      if (this.attempting + this.recording === 0) this.drained();
    });
  }

  private async recorded({ delivery, parcel }: Ready, result: Result | null): Promise<void> {
    const { id, lane, revisionId, alertId } = delivery;
    let isHeld = false;
    try {
      if (result !== null) {
        const held = await this.parts.recorder.record(
          endingOf(delivery, parcel, result, this.channel.sharesEndpoint),
        );
        const { outcome, ms } = result;
        const state = this.counts.ended(result, held);
        if (state === 'delivered') this.parts.eventTimes.note(this.counts, delivery, result.endedAt);
        this.parts.log.info(
          { deliveryId: id, revisionId, alertId, lane, state, outcome, ms },
          'delivery finished',
        );
        isHeld = held;
      }
    } catch (error) {
      // Not recorded: its parcel is not empty, the lease runs out and the delivery is sent again, by the same ids.
      this.parts.log.error(
        { deliveryId: id, revisionId, lane, err: error },
        'a delivery could not be recorded',
      );
    }
    this.parcels.ended(parcel);
    if (isHeld && result !== null) this.show(delivery, result);
  }

  /** Of a message that is recorded: what it answers says so, for that is counted in the ledger, and it shows what it missed. */
  private show({ alertId, destinationId }: LeasedDelivery, { message, followedAlertId }: Result): void {
    if (message === null || alertId === null) return;
    const meant = { destinationId, signal: this.cut.signal };
    const works: Promise<unknown>[] = [this.parts.shown.catchUp(alertId, meant)];
    if (followedAlertId !== null) works.push(this.parts.shown.refresh(followedAlertId, meant));
    const work = Promise.all(works).finally(() => this.showing.delete(work));
    this.showing.add(work);
  }

  /** From `ms` to twice that after the time: what waited together does not come back together. */
  private later(from: Date, ms: number): Date {
    return new Date(from.getTime() + ms * (1 + Math.random()));
  }

  private wake(): void {
    this.isWoken = true;
    this.endRest();
  }

  /** Resolves when there is room for more, something new is due, or it is time to look. */
  private async rest(): Promise<void> {
    if (!this.isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookMs);
        this.endRest = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.isWoken = false;
  }
}

function answered(result: Result | null): boolean | null {
  if (result === null || result.endpoint === null) return null;
  return result.endpoint === 'answered';
}
