import type { Logger } from '../../platform/logger.js';
import type { Lane, Ticket } from '../ticket-bus.js';

const shortestPollMs = 250;
const longestPollMs = 2_000;

/** Calls one handler for one lane: at every ring, and by polls that slow down while nothing rings. */
export class LaneConsumer {
  private inFlight = new Set<Promise<void>>();
  private rungMeanwhile = false;
  private readonly abort = new AbortController();
  private pollMs = shortestPollMs;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly lane: Lane,
    private readonly maxInFlight: number,
    private readonly handle: (ticket: Ticket, context: { signal: AbortSignal }) => Promise<void>,
    private readonly log: Logger,
  ) {
    this.schedulePoll();
  }

  ring(): void {
    this.pollMs = shortestPollMs;
    this.look();
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.abort.abort();
    await Promise.all(this.inFlight);
  }

  private look(): void {
    if (this.abort.signal.aborted) return;
    if (this.inFlight.size >= this.maxInFlight) {
      this.rungMeanwhile = true;
      return;
    }
    const call = this.call().finally(() => {
      this.inFlight.delete(call);
      if (!this.rungMeanwhile) return;
      this.rungMeanwhile = false;
      this.look();
    });
    this.inFlight.add(call);
  }

  private async call(): Promise<void> {
    try {
      await this.handle({ lane: this.lane }, { signal: this.abort.signal });
    } catch (error) {
      this.log.error({ lane: this.lane, err: error }, 'a ticket failed; the work stays in the ledger');
    }
  }

  private schedulePoll(): void {
    this.timer = setTimeout(() => {
      this.pollMs = Math.min(this.pollMs * 2, longestPollMs);
      if (this.inFlight.size === 0) this.look();
      if (!this.abort.signal.aborted) this.schedulePoll();
    }, this.pollMs);
  }
}
