import pg from 'pg';
import { migrations } from '../../migrations/all.js';
import { Database } from '../../src/platform/database.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/embedded-postgres.js';
import { migrate } from '../../src/platform/migrate.js';

/** The benchmark's own PostgreSQL, with the settings that Tocsin gives its own: durability is the default, on. */
export class BenchPostgres {
  private constructor(
    private readonly serverUrl: string,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(dataDir: string): Promise<BenchPostgres> {
    const server = await startEmbeddedPostgres({ dataDir });
    return new BenchPostgres(server.url, async () => server.stop());
  }

  /** As the service reaches a database. */
  url(database: string): string {
    const url = new URL(this.serverUrl);
    url.pathname = `/${database}`;
    return url.href;
  }

  /**
   * Makes a database, or a copy of another, files and all.
   *
   * @param template nobody may be connected to it
   */
  async create(database: string, template?: string): Promise<void> {
    const copy = template === undefined ? '' : ` template ${template} strategy file_copy`;
    await this.session('postgres', async (sql) => {
      await sql.query(`create database ${database} owner tocsin${copy}`);
    });
  }

  async migrate(database: string): Promise<void> {
    const connected = await Database.connect(this.url(database), { migrations });
    await migrate(connected);
    await connected.close();
  }

  /** Lets nobody in any more. @returns its name */
  async shut(database: string): Promise<string> {
    await this.session('postgres', async (sql) => {
      await sql.query(`alter database ${database} allow_connections false`);
    });
    return database;
  }

  async drop(database: string): Promise<void> {
    await this.session('postgres', async (sql) => {
      await sql.query(`drop database if exists ${database} with (force)`);
    });
  }

  /** Writes out what earlier work left behind, so that what is measured next does not pay for it. */
  async checkpoint(): Promise<void> {
    await this.session('postgres', async (sql) => {
      await sql.query('checkpoint');
    });
  }

  /** One connection as the superuser, whose password is that of Tocsin's role. */
  async session<Result>(database: string, work: (sql: pg.Client) => Promise<Result>): Promise<Result> {
    const url = new URL(this.url(database));
    url.username = 'postgres';
    const client = new pg.Client({ connectionString: url.href, application_name: 'tocsin bench' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
