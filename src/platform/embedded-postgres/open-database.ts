import { Client } from 'pg';
import { DatabaseStartError } from './start-error.js';

const name = 'tocsin';

/**
 * Makes Tocsin's role and its database unless they are there. The role is no superuser, so that nothing works here that
 * would not work with a PostgreSQL of one's own; it may create databases.
 *
 * @param password of the superuser; Tocsin's role gets the same, as both are read from the one file
 * @returns the database's URL
 */
export async function openDatabase(port: number, password: string): Promise<string> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  // The server may be killed while we talk to it: the query then fails, and that is enough.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const role = await client.query('select from pg_roles where rolname = $1', [name]);
    if (role.rowCount === 0) {
      await client.query(`create role ${name} login createdb password ${client.escapeLiteral(password)}`);
    }
    const database = await client.query('select from pg_database where datname = $1', [name]);
    if (database.rowCount === 0) await client.query(`create database ${name} owner ${name}`);
    return `postgres://${name}:${password}@127.0.0.1:${port}/${name}`;
  } catch (error) {
    throw new DatabaseStartError(
      `the embedded database runs but cannot be used: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
