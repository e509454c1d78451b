import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Database } from './database.js';

/** Depth and age of the queue. Index: delivery_due. No parameters: the age is against the database's own clock. */
const QUEUE = `
  select lane, count(*)::integer as due,
    greatest(0, extract(epoch from now() - min(due_at)))::float8 as "oldestSeconds"
  from delivery where state in ('due', 'leased') group by lane`;

type QueuedLane = { lane: string; due: number; oldestSeconds: number };

/** What Prometheus reads at /metrics. */
export class Metrics {
  readonly registry = new Registry();

  readonly events = new Counter({
    name: 'tocsin_events_total',
    help: 'Events taken in, by what became of them',
    labelNames: ['status'],
    registers: [this.registry],
  });
  readonly alerts = new Counter({
    name: 'tocsin_alerts_total',
    help: 'Alerts made by fan-out',
    registers: [this.registry],
  });
  readonly deliveries = new Counter({
    name: 'tocsin_deliveries_total',
    help: 'Deliveries that ended, or wait for another attempt (state due), by lane',
    labelNames: ['lane', 'state'],
    registers: [this.registry],
  });
  readonly attemptSeconds = new Histogram({
    name: 'tocsin_attempt_seconds',
    help: 'Time that an attempt took, by lane',
    labelNames: ['lane'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 5, 15, 45],
    registers: [this.registry],
  });

  /** @param lanes those that are shown though nothing is due there */
  constructor(database: Database, lanes: readonly string[]) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, valueOf: (lane: QueuedLane) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ['lane'],
        registers: [this.registry],
        async collect() {
          const rows = await database.query<QueuedLane>(QUEUE);
          for (const lane of new Set([...lanes, ...rows.map((row) => row.lane)])) {
            this.set(
              { lane },
              valueOf(rows.find((row) => row.lane === lane) ?? { lane, due: 0, oldestSeconds: 0 }),
            );
          }
        },
      });
    gauge('tocsin_deliveries_due', 'Deliveries due or leased, by lane', ({ due }) => due);
    gauge(
      'tocsin_oldest_due_seconds',
      'How long the oldest delivery has been due, by lane',
      ({ oldestSeconds }) => oldestSeconds,
    );
  }
}
