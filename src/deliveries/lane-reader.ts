import type { Channel } from '../channels/channel.js';
import type { DispatchQueue, Ready } from './dispatch-queue.js';
import { HeldParcels, type HeldParcel } from './held-parcels.js';
import type { LeasedDelivery } from './leased-delivery.store.js';
import type { WorkerParts } from './worker-parts.js';

/** While there is enough in hand, how often to look for what has become due again. */
const lookMs = 1_000;
/** Most parcels that are not bulk that are claimed at a time. */
const freshAtATime = 200;
/** Ranges of the bulk in hand at a time: others find some too. */
const bulkAtATime = 2;

/** A delivery that was read, and when it may start: null for at once. */
export type Read = { ready: Ready; startsAt: Date | null };

/** Finds what is due on a lane: claims parcels and reads them, as much as there is need of. */
export class LaneReader {
  readonly parcels: HeldParcels;
  private lookedAtMs = -Infinity;
  private isRung = false;

  constructor(
    private readonly channel: Channel,
    private readonly parts: WorkerParts,
  ) {
    this.parcels = new HeldParcels(channel.kind, parts);
  }

  /** There may be something new. */
  ring(): void {
    this.isRung = true;
  }

  /**
   * What needs not wait for each other goes to the database together: while hundreds of attempts end in one turn of the
   * event loop, an answer takes its time to be seen.
   *
   * @returns what was read, and whether there may be more at once
   */
  async next(queue: DispatchQueue): Promise<{ read: Read[]; mayBeMore: boolean }> {
    const { isLow } = queue;
    const [page, ...claims] = await Promise.allSettled([
      this.readOn(queue),
      this.isTimeToLook(queue) ? this.look() : 0,
      isLow && this.parcels.unread(true) < bulkAtATime ? this.parcels.claim(true, bulkAtATime) : 0,
    ]);
    const read = page.status === 'fulfilled' ? page.value : [];
    const failed = [page, ...claims].find(({ status }) => status === 'rejected') as
      PromiseRejectedResult | undefined;
    // What was read goes on its way, whatever failed beside it: its lease is held, so nobody else would ever send it.
    if (failed !== undefined && read.length === 0) throw failed.reason;
    const claimed = claims.some((claim) => claim.status === 'fulfilled' && claim.value > 0);
    // With enough in hand, what rang waits: to go on at once would leave no turn to the attempts.
    const isRung = this.isRung && queue.waiting(false) < queue.lowWater;
    return { read, mayBeMore: isRung || read.length > 0 || claimed };
  }

  /** There may be small alerts, retries and others of their kind: they never wait for the bulk that is in hand. */
  private isTimeToLook(queue: DispatchQueue): boolean {
    if (queue.waiting(false) >= queue.lowWater) return false;
    const isIdle = queue.isLow && this.parcels.unread(true) === 0;
    return this.isRung || isIdle || performance.now() - this.lookedAtMs >= lookMs;
  }

  private async look(): Promise<number> {
    this.lookedAtMs = performance.now();
    this.isRung = false;
    const claimed = await this.parcels.claim(false, freshAtATime);
    if (claimed === freshAtATime) this.ring();
    return claimed;
  }

  /** Reads on in what is in hand, the bulk last. */
  private async readOn(queue: DispatchQueue): Promise<Read[]> {
    const bulk = this.parcels.unread(false) === 0;
    if (bulk ? !queue.isLow : queue.waiting(false) >= queue.lowWater) return [];
    const page = await this.parcels.read(bulk);
    try {
      return await this.paced(page.map((one) => this.ready(one)));
    } catch (error) {
      this.parcels.abandon(page.map(({ parcel }) => parcel));
      throw error;
    }
  }

  private ready({ delivery, parcel }: { delivery: LeasedDelivery; parcel: HeldParcel }): Ready {
    const endpoint = this.channel.endpoint(delivery.settings) ?? `destination:${delivery.destinationId}`;
    return { delivery, parcel, endpoint, share: this.channel.share?.(delivery.settings) };
  }

  /** Reserves the time at which each may start, by the pace of its destination or of the lane. */
  private async paced(page: readonly Ready[]): Promise<Read[]> {
    const { pace, kind } = this.channel;
    const limited = pace === null ? [] : page.filter(({ parcel }) => !parcel.paced);
    if (pace === null || limited.length === 0) return page.map((ready) => ({ ready, startsAt: null }));
    const keyOf = ({ delivery }: Ready) =>
      pace.of === 'lane' ? `lane:${kind}` : `destination:${delivery.destinationId}`;
    const starts = await this.parts.pacer.reserve(
      limited.map((one) => ({ key: keyOf(one), perSecond: pace.perSecond })),
    );
    const startOf = new Map(limited.map((one, index) => [one, starts[index]]));
    return page.map((ready) => ({ ready, startsAt: startOf.get(ready) ?? null }));
  }
}
