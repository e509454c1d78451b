import { Inject, Injectable } from '@nestjs/common';
import { Tier, tiers } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database, type Transaction } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { fanOutLane, TicketBus, type Stop } from '../tickets/ticket-bus.js';
import { planBundles } from './bundle-windows.js';
import { EchoFanOut } from './echo-fan-out.js';
import { fanOutRange, planNext, takeRange, type FanOutRange, type FanOutTerms } from './fan-out.store.js';
import { allowLookups, endOverDigests, gatherRange } from './gather.store.js';
import { everyChannelTiers, heldCadences } from './held-cadences.js';

/** Keeps a transaction near a tenth of a second: what is urgent waits for one of them. */
const followsARange = 5_000;
/** Ranges that one process works on at a time: PostgreSQL spends a core on each. */
const rangesAtATime = 2;

/** What depends on the installation: its cap, and its channels. */
export type FanOutLimits = Pick<FanOutTerms, 'alertsAMinute' | 'summedUpLanes'>;
/** The injection token of the FanOutLimits. */
export const FAN_OUT_LIMITS = Symbol('FAN_OUT_LIMITS');

/** Matches settled revisions against the follows and makes alerts and deliveries of them. */
@Injectable()
export class FanOut {
  private readonly terms: FanOutTerms;
  private readonly echoes: EchoFanOut;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(FAN_OUT_LIMITS) limits: FanOutLimits,
  ) {
    this.terms = {
      instantTiers: Tier.options.filter((tier) => tiers[tier].cadences.includes('instant')),
      everyChannelTiers,
      ...limits,
    };
    this.echoes = new EchoFanOut({ database, clock, bus, metrics, log }, this.terms.everyChannelTiers);
  }

  async start(): Promise<Stop> {
    return this.bus.consume(fanOutLane, { maxInFlight: 1 }, async (_ticket, { signal }) => this.run(signal));
  }

  /** Works until nothing is left. Killed anywhere, the next run goes on at the ranges that were not committed. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.plan()));
    await Promise.all(Array.from({ length: rangesAtATime }, async () => this.workRanges(signal)));
    await this.echoes.run(signal);
  }

  /** Plans between ranges, so that a small revision that settles meanwhile gets its turn. */
  private async workRanges(signal: AbortSignal): Promise<void> {
    let worked = true;
    while (worked && !signal.aborted) worked = (await this.plan()) || (await this.fanOutOne());
  }

  private async plan(): Promise<boolean> {
    const planned = await planNext(this.database, followsARange, this.clock.now());
    if (planned === null) return false;
    this.metrics.revisionsPlanned.inc();
    this.log.info({ revisionId: planned }, 'revision planned');
    return true;
  }

  private async fanOutOne(): Promise<boolean> {
    const startedAt = performance.now();
    const done = await this.database.transaction(async (tx) => {
      const range = await takeRange(tx);
      if (!range) return null;
      const now = this.clock.now();
      const { gathers, ...made } = await fanOutRange(tx, range, now, this.terms);
      if (gathers) await this.gather(tx, range, now);
      return { ...made, revisionId: range.revisionId, range: range.number };
    });
    if (!done) return false;
    const ms = Math.round(performance.now() - startedAt);
    const { lanes, ...told } = done;
    this.metrics.alerts.inc(told.alerts);
    this.metrics.deliveriesMade.inc(told.deliveries);
    this.metrics.rangeSeconds.observe(ms / 1_000);
    this.log.info({ ...told, ms }, 'range fanned out');
    // Never throws, and the next range need not wait for it.
    void this.bus.publish(lanes.map((lane) => ({ lane })));
    return true;
  }

  /** Each digest has its window before the transaction ends. What was moved is planned first, for it may be over. */
  private async gather(tx: Transaction, range: FanOutRange, now: Date): Promise<void> {
    await allowLookups(tx);
    await planBundles(tx, range, now);
    await endOverDigests(tx, range, now);
    await gatherRange(tx, range, now, { everyChannelTiers, heldCadences });
    await planBundles(tx, range, now);
  }
}
