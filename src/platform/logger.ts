import { isatty } from 'node:tty';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { BufferedLines } from './buffered-lines.js';

/** Structured log lines on standard error. Ids only: never an address, body, token or webhook URL. */
export type Logger = PinoLogger;

/** The injection token of the Logger. */
export const LOGGER = Symbol('LOGGER');

/** @param destination takes each line; standard error unless given */
export function createLogger(level: string, destination: DestinationStream = standardError()): Logger {
  const log = pino({ level, base: { pid: process.pid }, serializers: { err: shownError } }, destination);
  if (destination instanceof BufferedLines) {
    destination.onLost = (lines) =>
      log.warn({ lines }, 'log lines were lost: nobody reads them, or too slowly');
  }
  return log;
}

let standardErrorOnce: DestinationStream | undefined;

/** One a process, for it flushes when that ends. On a terminal somebody looks on: each line at once. */
function standardError(): DestinationStream {
  standardErrorOnce ??= isatty(2) ? pino.destination({ dest: 2, sync: true }) : buffered();
  return standardErrorOnce;
}

/** The end by an error that nobody caught comes by here too; `kill -9` does not. */
function buffered(): DestinationStream {
  const lines = new BufferedLines(2);
  process.on('exit', () => lines.flushSync());
  return lines;
}

/** An error without what it carries: a database error holds the statement's parameters, and those are people's data. */
function shownError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, code, driverError, cause } = error as Error & {
    code?: unknown;
    driverError?: { code?: unknown };
  };
  return {
    name,
    message,
    stack,
    code: code ?? driverError?.code,
    ...(cause !== undefined && { cause: shownError(cause) }),
  };
}

/** Nest's own messages, by the same logger: its start-up chatter is debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown) {
    this.logger.debug({ context }, String(message));
  }
  warn(message: unknown, context?: unknown) {
    this.logger.warn({ context }, String(message));
  }
  error(message: unknown, stack?: unknown, context?: unknown) {
    this.logger.error({ stack, context }, String(message));
  }
}
