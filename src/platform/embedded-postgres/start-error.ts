/** What every failed start can still do. */
export const wayOut = 'set DATABASE_URL to a PostgreSQL of your own (15 or newer)';

/** The embedded database cannot start. The message names the fault and what to do about it; it is for the operator. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}
