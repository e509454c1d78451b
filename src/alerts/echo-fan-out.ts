import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';
import type { TicketBus } from '../tickets/ticket-bus.js';
import { echoRange, planEcho, takeEchoRange } from './echo.store.js';

/** Each is a look at its deliveries: keeps a transaction near a tenth of a second. */
const alertsARange = 2_000;

type EchoParts = { database: Database; clock: Clock; bus: TicketBus; metrics: Metrics; log: Logger };

/** Brings what became of alerts to those who were told of them, range by range as fan-out does. */
export class EchoFanOut {
  constructor(
    private readonly parts: EchoParts,
    /** Tiers that hold every channel. */
    private readonly everyChannelTiers: readonly string[],
  ) {}

  /** Works until nothing is left that can be done now: an echo of a revision that is being fanned out waits for that. */
  async run(signal: AbortSignal): Promise<void> {
    let worked = true;
    while (worked && !signal.aborted) worked = (await this.plan()) || (await this.echoOne());
  }

  private async plan(): Promise<boolean> {
    const { database, clock, log } = this.parts;
    const echoId = await planEcho(database, alertsARange, clock.now());
    if (echoId !== null) log.info({ echoId }, 'echo planned');
    return echoId !== null;
  }

  private async echoOne(): Promise<boolean> {
    const { database, clock, bus, metrics, log } = this.parts;
    const done = await database.transaction(async (tx) => {
      const range = await takeEchoRange(tx);
      return range && { range, ...(await echoRange(tx, range, clock.now(), this.everyChannelTiers)) };
    });
    if (!done) return false;
    const { range, deliveries, lanes } = done;
    metrics.deliveriesMade.inc(deliveries);
    const { echoId, revisionId, number } = range;
    log.info({ echoId, revisionId, range: number, deliveries }, 'echo fanned out');
    // Never throws, and the next range need not wait for it.
    void bus.publish(lanes.map((lane) => ({ lane })));
    return true;
  }
}
