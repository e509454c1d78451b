import { advisoryLocks } from './advisory-locks.js';
import type { Database } from './database.js';

/** $1 lock key. */
const LOCK_MIGRATIONS = `select pg_advisory_lock($1)`;
/** $1 lock key. */
const UNLOCK_MIGRATIONS = `select pg_advisory_unlock($1)`;

/**
 * Brings the schema up to date. Several processes may do so at once: one works, the others wait for it on a session's
 * lock, which is gone with its process.
 *
 * @returns the names of the migrations that ran here
 */
export async function migrate(database: Database): Promise<string[]> {
  const holder = database.source.createQueryRunner();
  try {
    await holder.query(LOCK_MIGRATIONS, [advisoryLocks.migrations]);
    try {
      const ran = await database.source.runMigrations({ transaction: 'each' });
      return ran.map((migration) => migration.name);
    } finally {
      // The session goes back to the pool and would keep the lock. One that can't unlock has ended, and the lock with it.
      await holder.query(UNLOCK_MIGRATIONS, [advisoryLocks.migrations]).catch(() => undefined);
    }
  } finally {
    await holder.release();
  }
}
