import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

/** Structured log lines on standard error. Ids only: never an address, body, token or webhook URL. */
export type Logger = PinoLogger;

/** The injection token of the Logger. */
export const LOGGER = Symbol('LOGGER');

/** @param destination takes each line; standard error unless given */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino({ level, base: { pid: process.pid }, serializers: { err: shownError } }, destination);
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
