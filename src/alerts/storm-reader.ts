import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { SummaryContent } from '../domain/alert-content.js';
import { wentBack } from '../domain/delivery-verdict.js';
import { deltaOfRanks } from '../domain/delta.js';
import type { DeliveryId, DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Links } from '../platform/links.js';
import { leaveOutUndone } from './undone.store.js';
import { endMuted, endStorm, findSummedUp } from './storm.store.js';

/** Alerts that a summary names; the rest is counted. */
const mostNamed = 10;

/** Reads what the summary of a storm says. */
@Injectable()
export class StormReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Ends a storm whose alerts are all muted by now. @returns whether there is nothing to tell */
  async endMuted(destinationId: DestinationId, summaryId: DeliveryId): Promise<boolean> {
    return endMuted(this.database, { id: summaryId, destinationId }, this.clock.now());
  }

  /** Ends a storm whose alerts are all undone by now. @returns whether there is nothing to tell */
  async endUndone(destinationId: DestinationId, summaryId: DeliveryId): Promise<boolean> {
    const summary = { id: summaryId, destinationId };
    if (await leaveOutUndone(this.database, summary, wentBack)) return false;
    await endStorm(this.database, summaryId, this.clock.now());
    // Asked again: an alert may have been added before the storm ended, and no other summary would tell of it.
    return !(await leaveOutUndone(this.database, summary, wentBack));
  }

  /** Ends the storm and tells its alerts: the same ones at each attempt, but for what is muted by then. */
  async read(destinationId: DestinationId, summaryId: DeliveryId): Promise<SummaryContent> {
    const now = this.clock.now();
    await endStorm(this.database, summaryId, now);
    const rows = await findSummedUp(this.database, destinationId, summaryId, { now, limit: mostNamed });
    const [first] = rows;
    if (!first) throw new Error(`no alerts of summary ${summaryId} are left`);
    return {
      kind: 'summary',
      archiveName: this.config.archiveName,
      since: first.since.toISOString(),
      cap: this.config.alertsPerMinute,
      total: first.inAll,
      inboxUrl: this.config.publicUrl,
      alerts: rows.map(({ id, labels, changes, ...row }) => ({
        url: this.links.alert(id),
        entity: labels.entity.name,
        document: labels.document.title,
        provision: labels.provision.title,
        delta: deltaOfRanks(row.kind, row.beforeRank, row.afterRank),
        moreChanges: changes - 1,
      })),
    };
  }
}
