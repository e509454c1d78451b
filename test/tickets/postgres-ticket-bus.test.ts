import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../src/platform/database.js';
import { createLogger } from '../../src/platform/logger.js';
import { PostgresTicketBus } from '../../src/tickets/postgres/postgres-ticket-bus.js';
import { ticketBusConformance } from '../conformance/ticket-bus.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const log = createLogger('silent');
ticketBusConformance('PostgreSQL', async () => new PostgresTicketBus(database, testDatabase.url, log));

it('listens again when its connection was cut', async () => {
  const bus = new PostgresTicketBus(database, testDatabase.url, log);
  let rang = () => {};
  await bus.consume('cut', { maxInFlight: 1 }, async () => rang());
  const listeners = `from pg_stat_activity where application_name = 'tocsin bell' and datname = current_database()`;
  const [before] = await database.query<{ pid: number }>(`select pid ${listeners}`);
  await database.query(`select pg_terminate_backend(pid) ${listeners}`);
  // Whatever is lost in between, the consumer looks: by its poll, and as soon as it listens again.
  await new Promise<void>((resolve) => (rang = resolve));
  const newListener = async (): Promise<number> => {
    const [row] = await database.query<{ pid: number }>(`select pid ${listeners}`);
    return row && row.pid !== before?.pid ? row.pid : newListener();
  };
  expect(await newListener()).not.toBe(before?.pid);
  await bus.close();
});

it('never fails its caller when it cannot ring', async () => {
  const closed = await Database.connect(testDatabase.url);
  const bus = new PostgresTicketBus(closed, testDatabase.url, log);
  await closed.close();
  await expect(bus.publish([{ lane: 'a' }])).resolves.toBeUndefined();
  await bus.close();
});
