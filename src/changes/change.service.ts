import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { ChangeEvent } from '../domain/archive-event.js';
import { Clock } from '../platform/clock.js';
import { Database, type Transaction } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { fanOutLane, TicketBus } from '../tickets/ticket-bus.js';
import type { Recorded } from './change-batch.js';
import { recordEvents, type RecordedEvents } from './event-runs.js';
import { tellOutcome } from './flapping.js';
import { findStable } from './flapping.store.js';
import { settleQuiet } from './revision.store.js';

/** A rehearsal waits for no lock longer than 2 s, and holds its own for no longer than a statement of 5 s. No parameters. */
const BE_BRIEF = `
  select set_config('lock_timeout', '2000', true), set_config('statement_timeout', '5000', true)`;

/** Provisions that one tick looks at. */
const mostFlapping = 200;

export type Alongside = (tx: Transaction, now: Date) => Promise<void>;

/** Turns events into changes: the delta, the roll-ups, the last known state and the revision, in one transaction. */
@Injectable()
export class ChangeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * Records a batch, whole or not at all; an event known by source and id is a duplicate and changes nothing,
   * unless it corrects what was told by them.
   *
   * @param silent keeps history without alerting anybody
   * @param alongside what is kept or not kept with the batch, in the same transaction; it may run more than once
   * @returns also the revisions that took new events
   * @throws RefusedEvent when an event withdraws what is not in force, or retracts what was never told
   */
  async record(
    events: readonly ChangeEvent[],
    options: { silent: boolean; alongside?: Alongside | undefined },
  ): Promise<{ recorded: Recorded[]; revisionIds: string[] }> {
    const { silent, alongside } = options;
    if (events.length === 0 && !alongside) return { recorded: [], revisionIds: [] };
    const now = this.clock.now();
    const { recorded, revisionIds, settled } = await this.database.transaction(async (tx) => {
      const settleMs = this.config.revisionSettleS * 1_000;
      const taken = await recordEvents(tx, events, { now, silent, settleMs });
      await alongside?.(tx, now);
      return taken;
    });
    if (settled) await this.bus.publish([{ lane: fanOutLane }]);
    return { recorded, revisionIds };
  }

  /**
   * Records one event as `record` does, has it looked at, and undoes all of it: nobody hears of it. The entity is locked
   * meanwhile, so to look must be brief.
   *
   * @throws RefusedEvent as `record`; a database error when a lock does not come free in time
   */
  async rehearse<Seen>(
    event: ChangeEvent,
    look: (tx: Transaction, taken: RecordedEvents) => Promise<Seen>,
  ): Promise<Seen> {
    const terms = { now: this.clock.now(), silent: false, settleMs: this.config.revisionSettleS * 1_000 };
    return this.database.rehearse(async (tx) => {
      await tx.query(BE_BRIEF);
      return look(tx, await recordEvents(tx, [event], terms));
    });
  }

  /** Settles the revisions that have been quiet long enough. @returns how many */
  async settleQuiet(): Promise<number> {
    const revisionIds = await this.database.transaction(async (tx) => settleQuiet(tx, this.clock.now()));
    if (revisionIds.length === 0) return 0;
    this.log.info({ revisionIds }, 'quiet revisions settled');
    await this.bus.publish([{ lane: fanOutLane }]);
    return revisionIds.length;
  }

  /** Tells how provisions came to rest that flapped; harmless on many machines. @returns how many there are to tell of */
  async settleFlapping(): Promise<number> {
    const now = this.clock.now();
    const stable = await this.database.transaction(async (tx) => findStable(tx, now, mostFlapping));
    let told = 0;
    for (const provision of stable) {
      if (await this.database.transaction(async (tx) => tellOutcome(tx, provision, now))) told++;
    }
    if (told > 0) await this.bus.publish([{ lane: fanOutLane }]);
    return told;
  }
}
