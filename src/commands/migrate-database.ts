import type { Config } from '../config.js';
import { createLogger } from '../platform/logger.js';
import { openParts } from '../service.js';

/** Opening the parts migrates; there is nothing else to do. */
export async function migrateDatabase(config: Config): Promise<void> {
  const parts = await openParts(config, createLogger(config.logLevel));
  await parts.close();
  process.stdout.write('The schema is up to date.\n');
}
