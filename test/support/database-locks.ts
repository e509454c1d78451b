import pg from 'pg';
import { vi } from 'vitest';
import type { Database } from '../../src/platform/database.js';

/** PostgreSQL ends a holder that idles this long: what waits for it in vain fails a test and hangs nothing. */
const longestHoldMs = 8_000;

/** Runs `work` while somebody else's transaction has run `sql`, keeps what that locked, and then commits. */
export async function hold<Result>(
  database: Database,
  sql: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { url } = database.source.options as { url: string };
  const holder = new pg.Client({ connectionString: url });
  // What ends the holder shows in its commit.
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    await holder.query(`set idle_in_transaction_session_timeout = ${longestHoldMs}`);
    await holder.query('begin');
    await holder.query(sql);
    const result = await work();
    await holder.query('commit');
    return result;
  } finally {
    await holder.end();
  }
}

/** Resolves once `count` connections of the database wait for a lock. */
export async function blocked(database: Database, count: number): Promise<void> {
  await vi.waitUntil(
    async () => {
      const waiting = await database.query(
        `select from pg_stat_activity
         where datname = current_database() and backend_type = 'client backend' and wait_event_type = 'Lock'`,
      );
      return waiting.length >= count;
    },
    { interval: 10, timeout: longestHoldMs - 1_000 },
  );
}
