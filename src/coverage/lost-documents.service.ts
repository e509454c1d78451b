import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { coverageLane, TicketBus } from '../tickets/ticket-bus.js';
import { removeOldEvents } from './document-checks.store.js';
import { markBack, markLost, type Marked, type SightLimits } from './lost-documents.store.js';

const dayMs = 86_400_000;
/** Documents that are marked in one statement: some hundredths of a second. */
const most = 500;
/** For how long a repeated event of a check is told as a duplicate. */
const eventDays = 7;

/** Finds documents that can't be seen any more, and those that can again. */
@Injectable()
export class LostDocuments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Pick<Config, 'coverageDays'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Claims what is due, some hundred documents at a time: the same on several machines at once does each once. */
  async look(): Promise<void> {
    const back = await this.markAll(async (now, limits) => markBack(this.database, now, limits, most));
    const lost = await this.markAll(async (now, limits) => markLost(this.database, now, limits, most));
    this.metrics.coverageNotices.inc({ about: 'back' }, back.notices);
    this.metrics.coverageNotices.inc({ about: 'lost' }, lost.notices);
    if (back.documents + lost.documents > 0) this.log.info({ lost, back }, 'documents lost and back');
    if (back.notices + lost.notices > 0) await this.bus.publish([{ lane: coverageLane }]);
  }

  /** Forgets which events were taken in long ago. @returns how many */
  async forgetEvents(): Promise<number> {
    return removeOldEvents(this.database, new Date(this.clock.now().getTime() - eventDays * dayMs));
  }

  private async markAll(mark: (now: Date, limits: SightLimits) => Promise<Marked>): Promise<Marked> {
    const all = { documents: 0, notices: 0 };
    let found = most;
    while (found > 0) {
      const now = this.clock.now();
      const { documents, notices } = await mark(now, this.limits(now));
      all.documents += documents;
      all.notices += notices;
      found = documents;
    }
    return all;
  }

  private limits(now: Date): SightLimits {
    const { unverified, unreachable } = this.config.coverageDays;
    const before = (days: number) => (days === 0 ? null : new Date(now.getTime() - days * dayMs));
    return { seenBefore: before(unverified), outOfSightBefore: before(unreachable) };
  }
}
