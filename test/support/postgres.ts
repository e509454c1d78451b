import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, by a role that may create databases. */
    postgresUrl: string;
  }
}

export type TestDatabase = { url: string; drop(): Promise<void> };

const template = 'tocsin_template';

/**
 * Makes the database that all test databases are copied from: copying 10 MB takes a fraction of what migrating does.
 *
 * @param fill brings the empty template to where tests begin; it must leave no connection open
 */
export async function createTemplate(
  serverUrl: string,
  fill: (url: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await execute(serverUrl, `create database ${template}`);
  await fill(urlOf(serverUrl, template));
  // A connected template cannot be copied: nothing, autovacuum neither, gets in from here on.
  await execute(serverUrl, `alter database ${template} allow_connections false`);
}

/** A fresh copy of the template, for one test file (or one test) alone. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(serverUrl, `create database ${name} template ${template}`);
  return {
    url: urlOf(serverUrl, name),
    async drop() {
      // FORCE would end autovacuum too, which only a superuser may; without it, the statement waits for that to give way.
      await execute(
        serverUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = current_user`,
      );
      await execute(serverUrl, `drop database if exists ${name}`);
    },
  };
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** One statement on a connection of its own: databases are made and dropped outside transactions. */
async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
