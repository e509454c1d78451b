import { Foundation1795996800000 } from './1795996800000-foundation.js';

/** Every migration, oldest first. Those that were released are frozen. */
export const migrations = [Foundation1795996800000];
