/** Locks that PostgreSQL keeps by number. Any numbers will do, as long as they differ. */
export const advisoryLocks = {
  /** Processes that want to migrate queue here. */
  migrations: 7_406_512,
  /** Fan-out holds it shared while it writes a range; whoever erases an account or a destination holds it alone. */
  erasure: 7_406_513,
} as const;
