import type { QueryRunner } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations/all.js';
import { Database } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let testDatabase: TestDatabase;
let opened: Database[];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  opened = [];
  const database = await open();
  await database.execute(`drop schema public cascade`);
  await database.execute(`create schema public`);
});
afterEach(async () => {
  for (const database of opened) await database.close();
  await testDatabase.drop();
});

/** What another process is to the database: a pool of its own. */
const open = async (ran: readonly (new () => object)[] = migrations) => {
  const database = await Database.connect(testDatabase.url, { migrations: ran });
  opened.push(database);
  return database;
};
const tables = async () => {
  const rows = await opened[0]!.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  return rows.map(({ name }) => name);
};
/** Those of this database: other tests migrate theirs on the same server. */
const locks = async () =>
  opened[0]!.query(
    `select from pg_locks where locktype = 'advisory'
     and database = (select oid from pg_database where datname = current_database())`,
  );

class MakesAndThrows1800000000000 {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table half_made ()`);
    throw new Error('on purpose');
  }

  async down(): Promise<void> {
    throw new Error('never called');
  }
}

it('brings an empty database up to date, once', async () => {
  const database = await open();
  expect(await migrate(database)).toEqual(migrations.map(({ name }) => name));
  expect(await tables()).toEqual(expect.arrayContaining(['account', 'change', 'delivery', 'migration']));
  expect(await migrate(database)).toEqual([]);
});

it('lets one work and the others wait when several begin on an empty database', async () => {
  const databases = await Promise.all([open(), open(), open()]);
  const ran = await Promise.all(databases.map(migrate));
  expect(ran.toSorted((a, b) => b.length - a.length)).toEqual([migrations.map(({ name }) => name), [], []]);
  expect(await locks()).toEqual([]);
});

it('undoes a migration that throws, and lets the next process in while this one lives on', async () => {
  const failing = await open([...migrations, MakesAndThrows1800000000000]);
  await expect(migrate(failing)).rejects.toThrow('on purpose');
  expect(await locks()).toEqual([]);
  expect(await tables()).not.toContain('half_made');
  expect(await migrate(await open())).toEqual([]);
});
