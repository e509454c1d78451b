import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { program } from './commands/program.js';
import { ConfigError } from './config.js';

// What a worker reads lives for a tenth of a second, long enough to outlive two collections of the young and lie around as
// garbage of the old: by default that grew a worker under load to 350 MB. Collected this early, it stays near 220 MB.
setFlagsFromString('--heap-growing-percent=40');

/** The only entry, and the only place that reads the environment. */
try {
  // On a terminal the lines of normal work would scroll away what the start prints.
  const quiet = process.stderr.isTTY ? { LOG_LEVEL: 'warn' } : {};
  await program({ ...quiet, ...process.env }).parseAsync();
} catch (error) {
  const known =
    error instanceof ConfigError || (error instanceof Error && error.name === 'DatabaseStartError');
  // One line that names the fault; the stack only when nobody foresaw it.
  process.stderr.write(
    `tocsin: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
