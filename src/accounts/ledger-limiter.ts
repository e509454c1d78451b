import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Clock } from '../platform/clock.js';
import type { Sql } from '../platform/database.js';

/**
 * Counts an attempt, anew when the time of the last count is over. $1 key, $2 attempts, $3 now, $4 when a new count ends,
 * $5 whether to begin a new count in any case. Index: the primary key.
 */
const COUNT_ATTEMPT = `
  insert into attempt_count as c (key, attempts, ends_at) values ($1, $2, $4::timestamptz)
  on conflict (key) do update set
    attempts = case when $5::boolean or c.ends_at <= $3::timestamptz then excluded.attempts else c.attempts + excluded.attempts end,
    ends_at = case when $5::boolean or c.ends_at <= $3::timestamptz then excluded.ends_at else c.ends_at end
  returning attempts, ends_at as "endsAt"`;

/** $1 key, $2 now. Index: the primary key. */
const FIND_COUNT = `select attempts, ends_at as "endsAt" from attempt_count where key = $1 and ends_at > $2`;

/** $1 key. Index: the primary key. */
const DELETE_COUNT = `delete from attempt_count where key = $1`;

/** $1 now. Index: attempt_count_ends. */
const DELETE_ENDED = `delete from attempt_count where ends_at <= $1`;

type CountRow = { attempts: number; endsAt: Date };

/**
 * A limiter of rate-limiter-flexible that counts in our ledger, so that a limit holds for all processes together. All that
 * the package's limiter does with PostgreSQL is replaced by the four methods below: its own goes by the machine's clock, puts
 * its table's name into its SQL, wants a pool of its own and keeps what it counts by in the clear. It is extended only
 * because the package does not export the class below it.
 */
export class LedgerLimiter extends RateLimiterPostgres {
  constructor(
    limit: { points: number; duration: number },
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly hashOf: (key: string) => Buffer,
    keyPrefix: string,
  ) {
    super({
      ...limit,
      keyPrefix,
      storeClient: sql,
      storeType: 'pool',
      tableName: 'attempt_count',
      tableCreated: true,
      clearExpiredByTimeout: false,
    });
  }

  async _upsert(key: string, points: number, ms: number, isNew: boolean): Promise<CountRow> {
    const now = this.clock.now();
    const endsAt = new Date(now.getTime() + ms);
    const [row] = await this.sql.query<CountRow>(COUNT_ATTEMPT, [
      this.hashOf(key),
      points,
      now,
      endsAt,
      isNew,
    ]);
    return row!;
  }

  async _get(key: string): Promise<CountRow | null> {
    const [row] = await this.sql.query<CountRow>(FIND_COUNT, [this.hashOf(key), this.clock.now()]);
    return row ?? null;
  }

  async _delete(key: string): Promise<boolean> {
    return (await this.sql.execute(DELETE_COUNT, [this.hashOf(key)])) > 0;
  }

  _getRateLimiterRes(_key: string, changed: number, { attempts, endsAt }: CountRow): RateLimiterRes {
    const msBeforeNext = Math.max(endsAt.getTime() - this.clock.now().getTime(), 0);
    return new RateLimiterRes(
      Math.max(this.points - attempts, 0),
      msBeforeNext,
      attempts,
      attempts === changed,
    );
  }
}

export async function deleteEndedCounts(sql: Sql, now: Date): Promise<void> {
  await sql.execute(DELETE_ENDED, [now]);
}
