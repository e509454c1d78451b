import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../src/platform/database.js';
import { createLogger } from '../../src/platform/logger.js';
import { PostgresTicketBus } from '../../src/tickets/postgres/postgres-ticket-bus.js';
import { ticketBusConformance } from '../conformance/ticket-bus.js';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.js';
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

describe('when the network goes silent', () => {
  const longestMs = 20_000;
  let proxy: FaultProxy;
  let bus: PostgresTicketBus;
  beforeEach(async () => {
    const url = new URL(testDatabase.url);
    proxy = await startFaultProxy(Number(url.port));
    url.port = String(proxy.port);
    url.search = 'connect_timeout=0.5&query_timeout=500';
    bus = new PostgresTicketBus(database, url.href, log, 50);
  });
  afterEach(async () => {
    await bus.close();
    await proxy.stop();
  });

  it('finds out that its connection is dead, and listens again, though the first tries to do so are silent too', async () => {
    await bus.consume('silent', { maxInFlight: 1 }, async () => undefined);
    proxy.freeze();
    expect(proxy.open).toBe(0);
    // Longer than it takes to notice, and to begin a new connection that will not come about.
    await delay(2_500);
    proxy.heal();
    await vi.waitUntil(() => proxy.open === 1, { timeout: longestMs });
  });
});

it('never fails its caller when it cannot ring', async () => {
  const closed = await Database.connect(testDatabase.url);
  const bus = new PostgresTicketBus(closed, testDatabase.url, log);
  await closed.close();
  await expect(bus.publish([{ lane: 'a' }])).resolves.toBeUndefined();
  await bus.close();
});
