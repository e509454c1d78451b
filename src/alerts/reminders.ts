import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { fanOutLane, TicketBus } from '../tickets/ticket-bus.js';
import { remind } from './reminder.store.js';

/** Posted later than so long before the reminder, a change needs none. */
const daysPosted = 2;
const changesATime = 500;

/** Reminds those who were alerted of rises that these are about to take effect. */
@Injectable()
export class Reminders {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Claims what is due. Days are those of UTC, as those on which changes take effect. @returns how many changes */
  async remind(): Promise<number> {
    const daysBefore = this.config.reminderDays;
    if (daysBefore === 0) return 0;
    const now = this.clock.now();
    const today = now.toISOString().slice(0, 10);
    const terms = { now, daysBefore, today, daysPosted, limit: changesATime };
    let changes = 0;
    let more = changesATime;
    while (more === changesATime) changes += more = await remind(this.database, terms);
    if (changes === 0) return 0;
    this.log.info({ changes }, 'reminders made');
    await this.bus.publish([{ lane: fanOutLane }]);
    return changes;
  }
}
