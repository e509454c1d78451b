import pg from 'pg';
import { DataSource, QueryFailedError, type Logger, type QueryRunner } from 'typeorm';

/** Runs SQL: the pool itself, or one transaction on it. */
export interface Sql {
  /** @returns the rows that the statement gave back */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** @returns how many rows the statement touched */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
}

/** A transaction, passed on by the service that opened it. */
export interface Transaction extends Sql {
  readonly isTransaction: true;
}

// A date column is a day, not an instant: node-postgres would make it midnight in the process's own time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day);

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const uniqueViolation = '23505';
const mostTries = 5;
const longestQueryMs = 60_000;
const longestConnectS = 10;

/** TypeORM would write to standard output; whatever fails here is thrown, and logged by whoever catches it. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** The pool of connections to PostgreSQL. */
export class Database implements Sql {
  constructor(readonly source: DataSource) {}

  static async connect(
    url: string,
    options: {
      poolSize?: number;
      /** Longest that a statement may take, in milliseconds; null for as long as it takes. */
      queryTimeoutMs?: number | null;
      migrations?: readonly (new () => object)[];
      onPoolError?: (error: unknown) => void;
    } = {},
  ) {
    const source = new DataSource({
      type: 'postgres',
      url,
      poolSize: options.poolSize ?? 12,
      applicationName: 'tocsin',
      migrations: [...(options.migrations ?? [])] as never,
      migrationsTableName: 'migration',
      logger: silent,
      poolErrorHandler: options.onPoolError ?? (() => undefined),
      // Every statement runs in UTC: a day is cut out of an instant alike on every machine. Compiling statements takes
      // longer than any of them runs.
      extra: {
        options: '-c timezone=UTC -c jit=off',
        // A peer that is gone without a word is found out by one of three: the kernel asks idle connections, a timer busy
        // ones, and another those that are yet to come about.
        keepAlive: true,
        Client: clientThatGivesUp(connectTimeoutMs(url)),
        ...(options.queryTimeoutMs !== null && { query_timeout: options.queryTimeoutMs ?? longestQueryMs }),
      },
    });
    await source.initialize();
    return new Database(source);
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.withRunner(async (runner) => new RunnerSql(runner).query<Row>(sql, parameters));
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return this.withRunner(async (runner) => new RunnerSql(runner).execute(sql, parameters));
  }

  /**
   * Runs `work` in one transaction. A deadlock, or a row that somebody else inserted at the same moment, undoes it and
   * starts it again, so `work` must do nothing but SQL.
   */
  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    for (let tryNumber = 1; ; tryNumber++) {
      try {
        return await this.withRunner(async (runner) => {
          await runner.startTransaction();
          try {
            const result = await work(new RunnerSql(runner));
            await runner.commitTransaction();
            return result;
          } catch (error) {
            if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
            throw error;
          }
        });
      } catch (error) {
        if (tryNumber >= mostTries || !isRetryable(error)) throw error;
      }
    }
  }

  /** Runs `work` in one transaction that is undone, whatever comes of it. */
  async rehearse<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.withRunner(async (runner) => {
      await runner.startTransaction();
      try {
        return await work(new RunnerSql(runner));
      } finally {
        if (runner.isTransactionActive) await runner.rollbackTransaction();
      }
    });
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async withRunner<Result>(work: (runner: QueryRunner) => Promise<Result>): Promise<Result> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect().catch((cause: unknown) => {
        throw new UnreachableDatabaseError('no connection to the database came about', { cause });
      });
      return await work(runner);
    } finally {
      await runner.release();
    }
  }
}

/**
 * How long a new connection may take to come about, in milliseconds; 0 for as long as it takes.
 *
 * @param url may say otherwise than the default by `connect_timeout`, in seconds, as libpq's does
 */
export function connectTimeoutMs(url: string): number {
  const seconds = Number(new URL(url).searchParams.get('connect_timeout') ?? longestConnectS);
  return 1_000 * (Number.isFinite(seconds) && seconds >= 0 ? seconds : longestConnectS);
}

/** The pool's own limit would count the wait for a connection that others have in use, too. */
function clientThatGivesUp(connectionTimeoutMillis: number): typeof pg.Client {
  return class extends pg.Client {
    constructor(config: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis });
    }
  };
}

class RunnerSql implements Transaction {
  readonly isTransaction = true;

  constructor(private readonly runner: QueryRunner) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.run(sql, parameters)).records as Row[];
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.run(sql, parameters)).affected ?? 0;
  }

  private async run(sql: string, parameters: readonly unknown[]) {
    try {
      return await this.runner.query(sql, [...parameters], true);
    } catch (error) {
      if (sqlState(error) === null) await this.dropConnection();
      throw error;
    }
  }

  /** One that broke, or answers no more, must not go back to the pool: it would fail whoever got it next. */
  private async dropConnection(): Promise<void> {
    const client = (await this.runner.connect().catch(() => null)) as Client | null;
    client?.connection?.stream?.destroy();
  }
}

class UnreachableDatabaseError extends Error {
  override readonly name = 'UnreachableDatabaseError';
}

/** What node-postgres' client holds of its socket. */
type Client = { connection?: { stream?: { destroy(): void } } };

/** The five-character SQLSTATE of a database error, or null: a socket's error has a code of node's own, such as EPIPE. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown; driverError?: { code?: unknown } } | null)?.driverError?.code;
  return typeof code === 'string' && /^(?!E[A-Z]+$)[\dA-Z]{5}$/.test(code) ? code : null;
}

/** Whether the database was not there, or went away: the same may work later. Not so what it refused. */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error);
  // No SQLSTATE: the socket broke. 08: connection, 25P03 and 25P04: it idled or took too long in a transaction, as whoever
  // was cut off does, 53: out of resources, 57: shut down or cancelled.
  if (state !== null) return /^(08|25P0[34]|53|57)/.test(state);
  return error instanceof UnreachableDatabaseError || error instanceof QueryFailedError;
}

function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === serializationFailure || state === deadlockDetected || state === uniqueViolation;
}
