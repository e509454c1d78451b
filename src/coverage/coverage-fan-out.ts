import { Inject, Injectable } from '@nestjs/common';
import { Tier, tiers } from '../domain/tiers.js';
import { ChannelRegistry } from '../channels/registry.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { coverageLane, TicketBus, type Stop } from '../tickets/ticket-bus.js';
import { planNotice, takeCoverageRange, tellRange, type CoverageTerms } from './coverage-fan-out.store.js';

/** Keeps a transaction near a tenth of a second, as of alerts. */
const followsARange = 5_000;
/** When a whole archive falls silent, a mailbox is not told of every document. */
const mostAnHour = 20;

/** Tells the followers of documents that these were lost, or are back. */
@Injectable()
export class CoverageFanOut {
  private readonly terms: CoverageTerms;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
    channels: ChannelRegistry,
  ) {
    this.terms = {
      everyChannelTiers: Tier.options.filter((tier) => tiers[tier].destinations === 'all'),
      mostAnHour,
      readLanes: channels.all.filter(({ sumsUp }) => sumsUp).map(({ kind }) => kind),
    };
  }

  async start(): Promise<Stop> {
    return this.bus.consume(coverageLane, { maxInFlight: 1 }, async (_ticket, { signal }) =>
      this.run(signal),
    );
  }

  /** Works until nothing is left. Killed anywhere, the next run goes on at what was not committed. */
  async run(signal: AbortSignal): Promise<void> {
    let worked = true;
    while (worked && !signal.aborted) worked = (await this.tellOne()) || (await this.plan());
  }

  private async plan(): Promise<boolean> {
    return (await planNotice(this.database, followsARange, this.clock.now())) !== null;
  }

  private async tellOne(): Promise<boolean> {
    const done = await this.database.transaction(async (tx) => {
      const range = await takeCoverageRange(tx);
      return range && { range, ...(await tellRange(tx, range, this.clock.now(), this.terms)) };
    });
    if (!done) return false;
    const { range, lanes, deliveries } = done;
    this.metrics.deliveriesMade.inc(deliveries);
    this.log.info(
      { noticeId: range.noticeId, about: range.about, range: range.number, deliveries },
      'coverage told',
    );
    // Never throws, and the next range need not wait for it.
    void this.bus.publish(lanes.map((lane) => ({ lane })));
    return true;
  }
}
