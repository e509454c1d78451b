import type { LeasedDelivery } from './leased-delivery.store.js';
import type { HeldParcel } from './held-parcels.js';

/** A delivery that is ready to be sent. */
export type Ready = {
  delivery: LeasedDelivery;
  parcel: HeldParcel;
  /** What fails or slows down as one with others of the same name. */
  endpoint: string;
};

/**
 * Which delivery goes next: those of small alerts before the bulk, and no more of one endpoint at a time than its share.
 * What is over the share is parked, so that an endpoint that hangs holds up nobody else.
 */
export class DispatchQueue {
  private readonly fresh: Ready[] = [];
  private readonly bulk: Ready[] = [];
  private readonly parked = new Map<string, Ready[]>();
  private readonly active = new Map<string, number>();
  private parkedCount = 0;

  /** With fewer deliveries waiting than this, more should be on their way. */
  readonly lowWater: number;

  /**
   * @param terms `share`: most deliveries of one endpoint that are on their way at a time. `mostParked`: what is over is
   * to be set aside
   */
  constructor(private readonly terms: { share: number; mostParked: number; lowWater: number }) {
    this.lowWater = terms.lowWater;
  }

  get isLow(): boolean {
    return this.fresh.length + this.bulk.length < this.lowWater;
  }

  /** How many wait for nothing but a slot, of small alerts or of the bulk. */
  waiting(bulk: boolean): number {
    return bulk ? this.bulk.length : this.fresh.length;
  }

  get isEmpty(): boolean {
    return this.fresh.length + this.bulk.length + this.parkedCount === 0;
  }

  add(ready: Ready): void {
    (ready.parcel.bulk ? this.bulk : this.fresh).push(ready);
  }

  /**
   * Takes the next one that may go. Call `finished` with it when it has ended.
   *
   * @returns also what found no place to be parked, to be set aside
   */
  next(): { ready: Ready | null; setAside: Ready[] } {
    const setAside: Ready[] = [];
    for (;;) {
      const ready = this.fresh.shift() ?? this.bulk.shift() ?? null;
      if (ready === null) return { ready, setAside };
      const active = this.active.get(ready.endpoint) ?? 0;
      if (active < this.terms.share) {
        this.active.set(ready.endpoint, active + 1);
        return { ready, setAside };
      }
      if (this.parkedCount >= this.terms.mostParked) setAside.push(ready);
      else this.park(ready.endpoint, ready);
    }
  }

  /** Makes room for the next one of the endpoint, which goes first. */
  finished({ endpoint }: Ready): void {
    const active = this.active.get(endpoint) ?? 0;
    if (active > 1) this.active.set(endpoint, active - 1);
    else this.active.delete(endpoint);
    const parked = this.parked.get(endpoint);
    const next = parked?.shift();
    if (parked?.length === 0) this.parked.delete(endpoint);
    if (!next) return;
    this.parkedCount--;
    this.fresh.unshift(next);
  }

  /** Empties the queue. @returns what was in it */
  clear(): Ready[] {
    const all = [...this.fresh.splice(0), ...this.bulk.splice(0), ...[...this.parked.values()].flat()];
    this.parked.clear();
    this.parkedCount = 0;
    return all;
  }

  private park(endpoint: string, ready: Ready): void {
    const parked = this.parked.get(endpoint);
    if (parked) parked.push(ready);
    else this.parked.set(endpoint, [ready]);
    this.parkedCount++;
  }
}
