import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrations } from '../../migrations/all.js';
import { Database } from '../../src/platform/database.js';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/embedded-postgres.js';
import { migrate } from '../../src/platform/migrate.js';
import { createTemplate } from '../support/postgres.js';

/** One PostgreSQL for the whole forms, with the durability that it has by default: that is what they are about. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-faults-'));
  const server = await startEmbeddedPostgres({ dataDir });
  const teardown = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await createTemplate(server.url, async (url) => {
      const database = await Database.connect(url, { migrations });
      await migrate(database);
      await database.close();
    });
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgresUrl', server.url);
  return teardown;
}
