import type { LeasedDelivery } from './leased-delivery.store.js';
import type { HeldParcel } from './held-parcels.js';

/** A delivery that is ready to be sent. */
export type Ready = {
  delivery: LeasedDelivery;
  parcel: HeldParcel;
  /** What fails or slows down as one with others of the same name. */
  endpoint: string;
  /** What shares a bound of attempts with others of the same name, where that is less than the endpoint. */
  share?: string | undefined;
};

/** How many deliveries of one endpoint may be on their way at a time: to begin with, and at the most. */
export type Share = { first: number; most: number };

/** What is known of an endpoint while something of it is on its way or parked. */
type Lot = { active: number; share: number; parked: Ready[] };

/**
 * Which delivery goes next: those of small alerts before the bulk, and no more of one endpoint at a time than its share.
 * The share grows by one with each answer and halves with each attempt that got none, so that an endpoint that hangs ties
 * up few slots from the beginning. What is over the share is parked and holds up nobody else.
 */
export class DispatchQueue {
  private readonly fresh: Ready[] = [];
  private readonly bulk: Ready[] = [];
  private readonly lots = new Map<string, Lot>();
  private parkedCount = 0;

  /** With fewer deliveries waiting than this, more should be on their way. */
  readonly lowWater: number;

  /** @param terms with more parked than `mostParked`, others are to be set aside */
  constructor(private readonly terms: { share: Share; mostParked: number; lowWater: number }) {
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
      const lot = this.lotOf(nameOf(ready));
      if (lot.active < lot.share) {
        lot.active++;
        return { ready, setAside };
      }
      if (this.parkedCount >= this.terms.mostParked) {
        setAside.push(ready);
      } else {
        lot.parked.push(ready);
        this.parkedCount++;
      }
    }
  }

  /**
   * Makes room for the next ones of the endpoint, which go first.
   *
   * @param answered whether the endpoint did; null when it was not asked
   */
  finished(ready: Ready, answered: boolean | null): void {
    const name = nameOf(ready);
    const lot = this.lotOf(name);
    lot.active--;
    if (answered === true) lot.share = Math.min(lot.share + 1, this.terms.share.most);
    if (answered === false) lot.share = Math.max(Math.floor(lot.share / 2), 1);
    const room = Math.max(0, lot.share - lot.active);
    const unparked = lot.parked.splice(0, room);
    this.parkedCount -= unparked.length;
    this.fresh.unshift(...unparked);
    if (lot.active === 0 && unparked.length === 0 && lot.parked.length === 0) this.lots.delete(name);
  }

  /** Empties the queue. @returns what was in it */
  clear(): Ready[] {
    const parked = [...this.lots.values()].flatMap((lot) => lot.parked.splice(0));
    this.parkedCount = 0;
    return [...this.fresh.splice(0), ...this.bulk.splice(0), ...parked];
  }

  private lotOf(name: string): Lot {
    const known = this.lots.get(name);
    if (known) return known;
    const lot = { active: 0, share: this.terms.share.first, parked: [] };
    this.lots.set(name, lot);
    return lot;
  }
}

function nameOf({ endpoint, share = endpoint }: Ready): string {
  return share;
}
