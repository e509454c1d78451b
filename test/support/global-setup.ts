import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/embedded-postgres.js';
import { migrations } from '../../migrations/all.js';
import { Database } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/migrate.js';
import { createTemplate } from './postgres.js';

/** A test run that is cut off loses nothing worth keeping: none of this belongs on a server with data. */
const fastButUnsafe = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Two workers with several pools each.
  max_connections: '200',
};

/** One PostgreSQL for the whole run. When it cannot start, no test runs and the run fails. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-test-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: fastButUnsafe });
  const teardown = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    // The second argument fills the template: every test database begins as a copy of what it leaves.
    await createTemplate(server.url, migrateTemplate);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgresUrl', server.url);
  return teardown;
}

async function migrateTemplate(url: string): Promise<void> {
  const database = await Database.connect(url, { migrations });
  await migrate(database);
  await database.close();
}
