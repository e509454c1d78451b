import type { RevisionId } from '../domain/ids.js';
import type { Database } from '../platform/database.js';
import type { LaneMetrics } from '../platform/metrics/lane-metrics.js';
import type { LeasedDelivery } from './leased-delivery.store.js';

/** When the last event of each revision came in. $1 revisions. Index: change_revision. */
const READ_ARRIVALS = `
  select revision_id as "revisionId", max(received_at) as "arrivedAt"
  from change where revision_id = any ($1::bigint[]) group by revision_id`;

/** Revisions that are remembered: many more than are fanned out at a time. */
const mostRemembered = 1_000;

/**
 * Measures the time from event to delivered. All deliveries of a revision share the moment from which it counts, so that
 * is asked for once: a delivery costs one look into a map, and no join.
 *
 * It counts from the last event of the revision. Before that nothing could go out, and what the archive took to send the
 * others is not our time; what a revision of unknown size waits to be settled is.
 */
export class EventTimes {
  private readonly arrivals = new Map<RevisionId, number>();
  /** What was delivered before it was known when its revision came in. */
  private early = new Map<RevisionId, ((arrivedMs: number) => void)[]>();
  private asking = false;

  constructor(private readonly database: Database) {}

  /** Tells how long an alert took that has arrived. Notices and the like are of no event, and echoes of a later one. */
  note(lane: LaneMetrics, { kind, revisionId, isFresh }: LeasedDelivery, deliveredAt: Date): void {
    if (revisionId === null || kind !== 'alert') return;
    const deliveredMs = deliveredAt.getTime();
    const arrivedMs = this.arrivals.get(revisionId);
    if (arrivedMs !== undefined) return lane.arrived((deliveredMs - arrivedMs) / 1_000, isFresh);
    const tell = (ms: number): void => lane.arrived((deliveredMs - ms) / 1_000, isFresh);
    const early = this.early.get(revisionId);
    if (early) early.push(tell);
    else this.early.set(revisionId, [tell]);
    if (!this.asking) void this.ask();
  }

  /** What the database does not tell goes unmeasured: the next delivery asks again. */
  private async ask(): Promise<void> {
    this.asking = true;
    while (this.early.size > 0) {
      const asked = [...this.early.keys()];
      const rows = await this.database
        .query<{ revisionId: RevisionId; arrivedAt: Date }>(READ_ARRIVALS, [asked])
        .catch(() => []);
      for (const { revisionId, arrivedAt } of rows) this.learn(revisionId, arrivedAt.getTime());
      for (const revisionId of asked) this.early.delete(revisionId);
    }
    this.asking = false;
  }

  private learn(revisionId: RevisionId, arrivedMs: number): void {
    this.arrivals.set(revisionId, arrivedMs);
    for (const tell of this.early.get(revisionId) ?? []) tell(arrivedMs);
    if (this.arrivals.size <= mostRemembered) return;
    const [oldest] = this.arrivals.keys();
    if (oldest !== undefined) this.arrivals.delete(oldest);
  }
}
