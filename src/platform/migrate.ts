import type { Database } from './database.js';

/** Any constant: it names the lock that migrating processes queue at. */
const lockKey = 7_406_512;

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
    await holder.query(LOCK_MIGRATIONS, [lockKey]);
    const ran = await database.source.runMigrations({ transaction: 'each' });
    await holder.query(UNLOCK_MIGRATIONS, [lockKey]);
    return ran.map((migration) => migration.name);
  } finally {
    await holder.release();
  }
}
