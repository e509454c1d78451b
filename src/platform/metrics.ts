import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Database } from './database.js';
import { showEventLoop } from './metrics/event-loop.js';
import { DeliveryMetrics, type LaneMetrics } from './metrics/lane-metrics.js';
import { Latest } from './metrics/latest.js';
import { showLedger, type LedgerState } from './metrics/ledger-gauges.js';
import { showPool } from './metrics/pool-gauges.js';

/**
 * Depth and age of the queue, at a cost that does not grow with the deliveries: a worker takes them out of its range one by
 * one, and other lanes' ids lie between, so a range says how many are left only to who looks. It looks at some 4,000 ids in
 * all, and at 16 of each range at least. So the depth is exact while the ranges cover fewer ids, and within some 4 % beyond
 * (two times in three); single deliveries are counted, not looked at. Leased ones count, but a single one has no age while
 * it is. Index: the primary key of deliveries. No parameters: the age is against the database's own clock.
 */
const QUEUE = `
  select lane, round(sum(due))::integer as due,
    coalesce(greatest(0, extract(epoch from now() - min(oldest))), 0)::float8 as "oldestSeconds"
  from (
    select lane, count(*)::float8 as due, min(due_at) as oldest from parcel where first_id = last_id group by lane
    union all
    select r.lane, left_in.found * r.width::float8 / r.probes,
      least(left_in.oldest, case when r.claim_id is null then r.due_at end)
    from (
      select *, last_id - first_id + 1 as width,
        least(last_id - first_id + 1, greatest(16, 4000 / count(*) over ())) as probes
      from parcel where first_id < last_id) r
    cross join lateral (
      select count(*) as found, min(d.due_at) as oldest
      from (
        select r.first_id + case when r.probes = r.width then n else floor(random() * r.width)::bigint end as id
        from generate_series(0, r.probes - 1) n) probe
      join delivery d on d.id = probe.id and d.parcel_id = r.id) left_in) counted
  group by lane`;

/**
 * What is left to do before deliveries are made, and how long the oldest revision has waited that should have been settled
 * or planned by now. Indexes: revision_to_settle, revision_to_plan. No parameters, as above.
 */
const BEFORE_DELIVERIES = `
  select (select count(*)::integer from fan_out_range) as "rangesLeft",
    greatest(0, extract(epoch from now() - (
      select min(settle_at) from revision where settled_at is null)))::float8 as "settleSeconds",
    greatest(0, extract(epoch from now() - (
      select min(settled_at) from revision where settled_at is not null and planned_at is null)))::float8 as "planSeconds"`;

/** How many documents were lost sight of. Index: document_lost. No parameters. */
const LOST_DOCUMENTS = `
  select lost_cause as cause, count(*)::integer as documents from document where lost_at is not null group by lost_cause`;

type QueuedLane = { lane: string; due: number; oldestSeconds: number };

/**
 * What reports on mails tell: of a bounce, what the refusal means. `forwarded`: a bounce behind the address that we wrote to, of
 * a member of a list or where mail is passed on to. `unproven`: nothing shows that it is about a mail of ours.
 */
const mailFindings = [
  'bad-mailbox',
  'mailbox-full',
  'temporary',
  'policy',
  'too-big',
  'protocol',
  'forwarded',
  'complaint',
  'unsubscribe',
  'resubscribe',
  'delayed',
  'delivered',
  'other',
  'unproven',
] as const;
export type MailFinding = (typeof mailFindings)[number];

/** What Prometheus reads at /metrics. */
export class Metrics {
  readonly registry = new Registry();
  readonly deliveries: DeliveryMetrics;

  readonly events = new Counter({
    name: 'tocsin_events_total',
    help: 'Events taken in, by what became of them',
    labelNames: ['status'],
    registers: [this.registry],
  });
  readonly revisionsPlanned = new Counter({
    name: 'tocsin_revisions_planned_total',
    help: 'Revisions whose followers were cut into ranges',
    registers: [this.registry],
  });
  readonly alerts = new Counter({
    name: 'tocsin_alerts_total',
    help: 'Alerts made by fan-out',
    registers: [this.registry],
  });
  readonly deliveriesMade = new Counter({
    name: 'tocsin_deliveries_made_total',
    help: 'Deliveries that fan-out made due',
    registers: [this.registry],
  });
  readonly coverageNotices = new Counter<'about'>({
    name: 'tocsin_coverage_notices_total',
    help: 'Followed documents that were lost sight of, or are back',
    labelNames: ['about'],
    registers: [this.registry],
  });
  readonly rangeSeconds = new Histogram({
    name: 'tocsin_fan_out_range_seconds',
    help: 'Time that the fan-out to one range of accounts took, with its commit',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });

  readonly mailFindings = new Counter<'finding'>({
    name: 'tocsin_mail_findings_total',
    help: 'What bounces, complaints and other reports on mails told',
    labelNames: ['finding'],
    registers: [this.registry],
  });

  /** @param lanes those that are shown though nothing happened there */
  constructor(
    database: Database,
    private readonly lanes: readonly string[],
  ) {
    collectDefaultMetrics({ register: this.registry });
    for (const status of ['accepted', 'duplicate']) this.events.inc({ status }, 0);
    for (const about of ['lost', 'back'] as const) this.coverageNotices.inc({ about }, 0);
    for (const finding of mailFindings) this.mailFindings.inc({ finding }, 0);
    this.deliveries = new DeliveryMetrics(this.registry, lanes);
    showEventLoop(this.registry);
    showPool(this.registry, database.source);
    showLedger(this.registry, new Latest(async () => readLedger(database)), lanes);
  }

  /** What the worker of a lane counts by. */
  lane(lane: string): LaneMetrics {
    return this.deliveries.lane(lane);
  }

  /** @param read tells what this process knows of breakers that are not closed */
  showBreakers(read: () => readonly { lane: string; state: string; endpoints: number }[]): Gauge {
    const { lanes } = this;
    return new Gauge({
      name: 'tocsin_breakers',
      help: 'Endpoints to which nothing goes but a probe, by the state of their breaker',
      labelNames: ['lane', 'state'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const lane of lanes) for (const state of ['open', 'half-open']) this.set({ lane, state }, 0);
        for (const { lane, state, endpoints } of read()) this.set({ lane, state }, endpoints);
      },
    });
  }
}

/** One question after the other: who looks on must not take the connections of those who work. */
async function readLedger(database: Database): Promise<LedgerState> {
  const queue = await database.query<QueuedLane>(QUEUE);
  const [before] = await database.query<LedgerState['before']>(BEFORE_DELIVERIES);
  const lost = await database.query<LedgerState['lost'][number]>(LOST_DOCUMENTS);
  return { queue, lost, before: before ?? { rangesLeft: 0, settleSeconds: 0, planSeconds: 0 } };
}
