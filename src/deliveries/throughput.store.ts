import type { Sql } from '../platform/database.js';

/** The tallies that recording endings adds to; see ending.store.ts. $1 before. */
const REMOVE_OLD_TALLIES = `delete from throughput where minute < $1`;

export async function removeOldTallies(sql: Sql, before: Date): Promise<void> {
  await sql.execute(REMOVE_OLD_TALLIES, [before]);
}
