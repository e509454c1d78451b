import { Inject, Injectable } from '@nestjs/common';
import { Tier, tiers } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { fanOutLane, TicketBus, type Stop } from '../tickets/ticket-bus.js';
import { fanOutRange, planNext, takeRange } from './fan-out.store.js';

/** Keeps a transaction near a second at the speed of a small machine. */
const accountsARange = 10_000;

const tiersWith = {
  instant: Tier.options.filter((tier) => tiers[tier].cadences.includes('instant')),
  everyChannel: Tier.options.filter((tier) => tiers[tier].destinations === 'all'),
};

/** Matches settled revisions against the follows and makes alerts and deliveries of them. */
@Injectable()
export class FanOut {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async start(): Promise<Stop> {
    return this.bus.consume(fanOutLane, { maxInFlight: 1 }, async (_ticket, { signal }) => this.run(signal));
  }

  /** Works until nothing is left. Killed anywhere, the next run goes on at the range that was not committed. */
  async run(signal: AbortSignal): Promise<void> {
    let worked = true;
    while (worked && !signal.aborted) worked = (await this.plan()) || (await this.fanOutOne());
  }

  private async plan(): Promise<boolean> {
    const planned = await this.database.transaction(async (tx) =>
      planNext(tx, accountsARange, this.clock.now()),
    );
    return planned !== null;
  }

  private async fanOutOne(): Promise<boolean> {
    const startedAt = performance.now();
    const done = await this.database.transaction(async (tx) => {
      const range = await takeRange(tx);
      return (
        range && {
          ...(await fanOutRange(tx, range, this.clock.now(), tiersWith)),
          revisionId: range.revisionId,
        }
      );
    });
    if (!done) return false;
    this.metrics.alerts.inc(done.alerts);
    const ms = Math.round(performance.now() - startedAt);
    this.log.info({ revisionId: done.revisionId, alerts: done.alerts, ms }, 'range fanned out');
    await this.bus.publish(done.lanes.map((lane) => ({ lane })));
    return true;
  }
}
