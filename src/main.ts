import 'reflect-metadata';
import { program } from './commands/program.js';
import { ConfigError } from './config.js';

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
