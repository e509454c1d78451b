import { Gauge, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';

/** Of node-postgres' pool, that TypeORM keeps as the master of its driver: there only while it is open. */
type Pool = { totalCount: number; idleCount: number; waitingCount: number; options: { max: number } };

/** How far the pool of database connections is used up. */
export function showPool(registry: Registry, source: DataSource): void {
  const pool = (): Pool | undefined => (source.driver as unknown as { master?: Pool }).master;
  const gauge = (name: string, help: string, valueOf: (pool: Pool) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const open = pool();
        this.set(open === undefined ? 0 : valueOf(open));
      },
    });
  gauge(
    'tocsin_database_connections_busy',
    'Database connections of this process that are at work',
    ({ totalCount, idleCount }) => totalCount - idleCount,
  );
  gauge(
    'tocsin_database_connections_idle',
    'Database connections of this process that are open and idle',
    ({ idleCount }) => idleCount,
  );
  gauge(
    'tocsin_database_connections_max',
    'Most database connections that this process may open',
    ({ options }) => options.max,
  );
  gauge(
    'tocsin_database_waiting',
    'Statements of this process that wait for a connection',
    ({ waitingCount }) => waitingCount,
  );
}
