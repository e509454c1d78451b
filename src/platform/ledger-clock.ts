import { Clock } from './clock.js';
import type { Database } from './database.js';

const syncEveryMs = 30_000;
/** An answer that took longer tells the time too badly. */
const longestRoundTripMs = 1_000;

/** Milliseconds since 1970, by PostgreSQL's clock. No parameters. */
const READ_TIME = `select extract(epoch from clock_timestamp())::float8 * 1000 as now`;

/**
 * The database's time: leases and due dates of all processes are compared with each other, so they go by one clock,
 * however wrong those of their machines are. Kept by this process's monotonic time, and compared with the database's now
 * and then.
 */
export class LedgerClock extends Clock {
  private aheadMs = performance.timeOrigin;
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly database: Database) {
    super();
  }

  static async of(database: Database): Promise<LedgerClock> {
    const clock = new LedgerClock(database);
    await clock.sync();
    clock.timer = setInterval(() => void clock.sync().catch(() => undefined), syncEveryMs).unref();
    return clock;
  }

  override now(): Date {
    return new Date(this.aheadMs + performance.now());
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async sync(): Promise<void> {
    const askedAt = performance.now();
    const [row] = await this.database.query<{ now: number }>(READ_TIME);
    const answeredAt = performance.now();
    if (!row || answeredAt - askedAt > longestRoundTripMs) return;
    this.aheadMs = row.now - (askedAt + answeredAt) / 2;
  }
}
