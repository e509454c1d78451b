import { randomUUID } from 'node:crypto';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';
import type { Lane } from '../tickets/ticket-bus.js';
import { readParcels, type LeasedDelivery } from './leased-delivery.store.js';
import {
  claimParcels,
  releaseLeases,
  removeEmpty,
  renewLeases,
  splitParcel,
  type Held,
} from './parcel.store.js';
import { attemptTimeoutMs } from '../channels/channel.js';

/** A lease outlives every attempt that is made under it, with room for recording it. */
const leaseMs = 2 * attemptTimeoutMs;
const renewEveryMs = 20_000;
/** Deliveries that are read at a time: some 2 KB each. Planning the statement takes as long as reading a hundred. */
const pageSize = 500;
/** A range that was leased so often and never worked off is taken apart: one of its deliveries may be what ends workers. */
const mostClaims = 5;

/** A parcel that this process works off. */
export class HeldParcel implements Held {
  /** Deliveries that were read and have not ended yet. */
  open = 0;
  isRead = false;
  isLost = false;
  /** Whether it holds one delivery, that is tried again or was sent by itself. */
  readonly isSingle: boolean;

  constructor(
    readonly id: string,
    readonly claim: string,
    readonly bulk: boolean,
    readonly paced: boolean,
    readonly claims: number,
    public afterId: string,
    readonly lastId: string,
    public heldUntilMs: number,
  ) {
    this.isSingle = BigInt(afterId) + 1n === BigInt(lastId);
  }

  /** Whether an attempt that begins now ends before the lease does. A process that was frozen finds out here. */
  get isHeld(): boolean {
    return !this.isLost && performance.now() + attemptTimeoutMs < this.heldUntilMs;
  }

  /** A range that keeps coming back; see mostClaims. */
  get isSuspect(): boolean {
    return this.claims > mostClaims;
  }
}

/** The leases of one lane that this process holds: claims them, reads them page by page, prolongs and returns them. */
export class HeldParcels {
  private readonly held = new Map<string, HeldParcel>();
  private renewal: NodeJS.Timeout | undefined;
  /** Worked off, and to be removed with the next statement: while one is under way, others gather. */
  private empty: HeldParcel[] = [];
  private removal: Promise<void> | null = null;

  constructor(
    private readonly lane: Lane,
    private readonly parts: { database: Database; clock: Clock; metrics: Metrics; log: Logger },
  ) {}

  /** @returns how many were claimed */
  async claim(bulk: boolean, limit: number): Promise<number> {
    const { database, clock } = this.parts;
    const claim = randomUUID();
    // By this process's own time since before the lease began: a clock that is set, or a frozen process, prolongs nothing.
    const heldUntilMs = performance.now() + leaseMs;
    const leases = await claimParcels(database, {
      lane: this.lane,
      bulk,
      now: clock.now(),
      limit,
      claim,
      leaseMs,
    });
    this.parts.metrics.lane(this.lane).claimed(leases.length);
    for (const lease of leases) {
      const { id, paced, claims, firstId, lastId } = lease;
      const before = String(BigInt(firstId) - 1n);
      const parcel = new HeldParcel(id, claim, lease.bulk, paced, claims, before, lastId, heldUntilMs);
      if (parcel.isSuspect && !parcel.isSingle) await splitParcel(database, parcel, clock.now());
      this.held.set(id, parcel);
    }
    if (this.held.size > 0) this.renewal ??= setInterval(() => void this.renew(), renewEveryMs).unref();
    return leases.length;
  }

  /** How many parcels of a kind are not read to their end. */
  unread(bulk: boolean): number {
    return this.toRead(bulk).length;
  }

  /** Reads the next page of the parcels of a kind. */
  async read(bulk: boolean): Promise<{ delivery: LeasedDelivery; parcel: HeldParcel }[]> {
    const parcels = this.toRead(bulk);
    if (parcels.length === 0) return [];
    const limit = Math.max(1, Math.floor(pageSize / parcels.length));
    const page = await readParcels(this.parts.database, parcels, limit, this.parts.clock.now());
    this.parts.metrics.lane(this.lane).read(page.length);
    const read = page.flatMap((delivery) => {
      const parcel = this.held.get(delivery.parcelId);
      return parcel ? [{ delivery, parcel }] : [];
    });
    const counts = new Map<HeldParcel, number>();
    for (const { delivery, parcel } of read) {
      parcel.open++;
      parcel.afterId = delivery.id;
      counts.set(parcel, (counts.get(parcel) ?? 0) + 1);
    }
    for (const parcel of parcels) parcel.isRead = (counts.get(parcel) ?? 0) < limit;
    for (const parcel of parcels) this.removeIfWorkedOff(parcel);
    return read;
  }

  /** A delivery of the parcel has ended, or was dropped with its lease. */
  ended(parcel: HeldParcel): void {
    parcel.open--;
    this.removeIfWorkedOff(parcel);
  }

  /** Resolves when all that was worked off has been removed. */
  async removed(): Promise<void> {
    await this.removal;
  }

  /** Gives back what is still held, for others to go on with. */
  async release(): Promise<void> {
    await this.removed();
    const parcels = [...this.held.values()].filter(({ isLost }) => !isLost);
    this.forget([...this.held.values()]);
    if (parcels.length > 0) await releaseLeases(this.parts.database, parcels, this.parts.clock.now());
  }

  /** What was read of them is lost: they are due again when their leases run out. */
  abandon(parcels: readonly HeldParcel[]): void {
    this.forget(parcels);
  }

  private toRead(bulk: boolean): HeldParcel[] {
    return [...this.held.values()].filter((parcel) => parcel.bulk === bulk && !parcel.isRead);
  }

  private removeIfWorkedOff(parcel: HeldParcel): void {
    if (!parcel.isRead || parcel.open > 0) return;
    // Not of a lease that was lost, when it is held again under another.
    if (this.held.get(parcel.id) !== parcel) return;
    this.forget([parcel]);
    if (parcel.isLost) return;
    this.empty.push(parcel);
    this.removal ??= this.removeEmpty().finally(() => (this.removal = null));
  }

  private async removeEmpty(): Promise<void> {
    const { database, log } = this.parts;
    while (this.empty.length > 0) {
      try {
        await removeEmpty(database, this.empty.splice(0));
      } catch (error) {
        log.warn(
          { lane: this.lane, err: error },
          'empty parcels could not be removed; whoever claims them does',
        );
      }
    }
  }

  private forget(parcels: readonly HeldParcel[]): void {
    for (const { id } of parcels) this.held.delete(id);
    if (this.held.size > 0) return;
    clearInterval(this.renewal);
    this.renewal = undefined;
  }

  private async renew(): Promise<void> {
    const { database, clock, metrics, log } = this.parts;
    const parcels = [...this.held.values()].filter(({ isLost }) => !isLost);
    const heldUntilMs = performance.now() + leaseMs;
    try {
      const kept = await renewLeases(database, parcels, clock.now(), leaseMs);
      for (const parcel of parcels) {
        if (kept.has(parcel.id)) parcel.heldUntilMs = heldUntilMs;
        else parcel.isLost = true;
      }
      // What was worked off meanwhile is gone, not lost.
      const lost = parcels.filter(({ id, isLost }) => isLost && this.held.has(id)).length;
      metrics.deliveries.leasesLost.inc({ lane: this.lane }, lost);
      if (lost > 0) log.warn({ lane: this.lane, parcels: lost }, 'leases were lost');
    } catch (error) {
      log.warn({ lane: this.lane, err: error }, 'leases could not be prolonged; the next time they are');
    }
  }
}
