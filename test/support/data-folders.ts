import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../../src/platform/embedded-postgres/embedded-postgres.js';
import { answersSignals } from '../../src/platform/embedded-postgres/live-process.js';

/** A temporary folder, removed after the test, behind whatever was started in it. To be called in a test. */
export async function newFolder(mode = 0o700): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tocsin-test-')));
  await chmod(folder, mode);
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A data folder whose cluster is made already, for the tests of one file or block: call it there, not in a test. */
export function sharedDataDir(): () => string {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await realpath(await mkdtemp(join(tmpdir(), 'tocsin-test-')));
    await (await startEmbeddedPostgres({ dataDir })).stop();
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));
  return () => dataDir;
}

/** Starts an embedded database that is stopped after the test. To be called in a test. */
export async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres(options);
  // Not by a hook of this module: modules are loaded once for several files, and a hook would hold for the first alone.
  onTestFinished(async () => database.stop());
  return database;
}

export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  // A test may kill the server under us.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export function pgdataOf(dataDir: string): string {
  return join(dataDir, 'postgres', 'cluster', 'pgdata');
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(pgdataOf(dataDir), 'postmaster.pid'), 'utf8'), 10);
}

export async function hasGone(pid: number): Promise<void> {
  await expect.poll(() => answersSignals(pid), { interval: 5, timeout: 5_000 }).toBe(false);
}
