/** Where a ticket rings: `fan-out`, or the kind of a channel. */
export type Lane = string;

/** The lane of revisions that wait for their followers to be matched. */
export const fanOutLane: Lane = 'fan-out';

/** The lane of documents that were lost or are back, whose followers wait to be told. */
export const coverageLane: Lane = 'coverage';

/** A hint that a lane has work in the ledger. It carries no state: lose it, and the work is late, never lost. */
export type Ticket = { lane: Lane };

/** Ends a consumer: no more tickets, and resolves when those in hand are done. */
export type Stop = () => Promise<void>;

/** The bell between the stages. */
export abstract class TicketBus {
  /** Rings for each lane once, however often it is named. Never throws for want of a connection: the sweep finds the work. */
  abstract publish(tickets: readonly Ticket[]): Promise<void>;

  /**
   * Calls `handle` whenever the lane may have work: at once, at every ring, and from time to time without one.
   * Tickets that arrive while `maxInFlight` are in hand become one more call afterwards. An error of `handle` is logged
   * and costs only this ticket. The signal aborts when `Stop` is called.
   */
  abstract consume(
    lane: Lane,
    options: { maxInFlight: number },
    handle: (ticket: Ticket, context: { signal: AbortSignal }) => Promise<void>,
  ): Promise<Stop>;

  abstract close(): Promise<void>;
}
