import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChangeService } from '../../src/changes/change.service.js';
import { HeldParcels } from '../../src/deliveries/held-parcels.js';
import { WORKER_PARTS, type WorkerParts } from '../../src/deliveries/worker-parts.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let receiver: WebhookReceiver;
let app: TestApp;
const start = async () => {
  receiver = await startWebhookReceiver();
  app = await startApp({ RETRY_SCHEDULE_S: '10', REVISION_SETTLE_S: '30' });
  const account = await app.createAccount({ tier: 'professional' });
  const { id } = await webhookTo(app, account, receiver.url('/in'));
  await watch(app, account, [['entity', 'acme']], { destinationIds: [id] });
};
const stop = async () => {
  await app.stop();
  await receiver.close();
};

const scrape = async () => (await app.call('GET', '/metrics')).text;
/** The value of a sample, named as Prometheus names it; undefined when it is not there. */
const valueIn = (text: string, sample: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length + 1));
};
const parts = () => app.app.get<WorkerParts>(WORKER_PARTS);
/** How many arrivals there were since `before`, and how many seconds they took in all. */
const arrivals = (before: string, after: string, way: 'straight' | 'waited') =>
  ['count', 'sum'].map((of) => {
    const sample = `tocsin_event_to_delivered_seconds_${of}{lane="webhook",way="${way}"}`;
    return Math.round((valueIn(after, sample) ?? NaN) - (valueIn(before, sample) ?? NaN));
  });

describe('the metrics', () => {
  beforeAll(start);
  afterAll(stop);

  it('follow an event to its delivery', async () => {
    const before = await parts().metrics.registry.getSingleMetricAsString(
      'tocsin_event_to_delivered_seconds',
    );
    await app.postEvents([provisionEvent({ id: 'once' }), provisionEvent({ id: 'once' })]);
    app.clock.advance(3);
    await app.work();
    const text = await scrape();
    const samples = {
      'tocsin_events_total{status="accepted"}': 1,
      'tocsin_events_total{status="duplicate"}': 1,
      tocsin_revisions_planned_total: 1,
      tocsin_alerts_total: 1,
      tocsin_deliveries_made_total: 1,
      tocsin_fan_out_range_seconds_count: 1,
      'tocsin_deliveries_total{lane="webhook",state="delivered"}': 1,
      'tocsin_deliveries_total{lane="email",state="delivered"}': 0,
      'tocsin_attempts_total{lane="webhook",outcome="delivered"}': 1,
      'tocsin_attempt_seconds_count{lane="webhook"}': 1,
      'tocsin_claim_parcels_count{lane="webhook"}': 1,
      'tocsin_claim_parcels_sum{lane="webhook"}': 1,
      'tocsin_page_deliveries_sum{lane="webhook"}': 1,
      tocsin_flush_endings_sum: 1,
      'tocsin_deliveries_due{lane="webhook"}': 0,
      tocsin_fan_out_ranges_left: 0,
    };
    const seen = Object.keys(samples).map((sample) => [sample, valueIn(text, sample)]);
    expect(Object.fromEntries(seen)).toEqual(samples);
    await vi.waitFor(async () => expect(arrivals(before, await scrape(), 'straight')).toEqual([1, 3]), {
      timeout: 20_000,
    });
    expect(arrivals(before, await scrape(), 'waited')).toEqual([0, 0]);
  });

  it('tell what waited for its receiver from what went straight', async () => {
    const before = await scrape();
    receiver.script('/in', { status: 500 }, { status: 200 });
    await app.postEvents([provisionEvent({ after: side('high') })]);
    await app.work();
    app.clock.advance(15);
    await app.work();
    const text = await scrape();
    expect(valueIn(text, 'tocsin_attempts_total{lane="webhook",outcome="retry"}')).toBe(1);
    expect(valueIn(text, 'tocsin_deliveries_total{lane="webhook",state="due"}')).toBe(1);
    await vi.waitFor(async () => expect(arrivals(before, await scrape(), 'waited')).toEqual([1, 15]), {
      timeout: 20_000,
    });
    expect(arrivals(before, await scrape(), 'straight')).toEqual([0, 0]);
  });

  it('count the time from the last event of a revision, its settling included', async () => {
    const before = await scrape();
    const part = (after: 'low' | 'medium') =>
      provisionEvent({ provision: 'quiet-p', revision: { id: 'quiet' }, after: side(after) });
    await app.postEvents([part('low')]);
    app.clock.advance(20);
    await app.postEvents([part('medium')]);
    app.clock.advance(31);
    await app.app.get(ChangeService).settleQuiet();
    await app.work();
    await vi.waitFor(async () => expect(arrivals(before, await scrape(), 'straight')).toEqual([1, 31]), {
      timeout: 20_000,
    });
  });

  it('show open breakers, and leases that were lost', async () => {
    for (let failure = 0; failure < 5; failure++) parts().breakers.note('webhook', 'an endpoint', 'failed');
    await app.database.execute(
      `insert into parcel (lane, first_id, last_id, due_at) values ('webhook', 1, 1, '2020-01-01')`,
    );
    const held = new HeldParcels('webhook', parts());
    expect(await held.claim(false, 10)).toBe(1);
    await app.database.execute(`update parcel set claim_id = null`);
    for (let time = 0; time < 2; time++) await (held as any).renew();
    await held.release();
    const text = await scrape();
    expect(valueIn(text, 'tocsin_breakers{lane="webhook",state="open"}')).toBe(1);
    expect(valueIn(text, 'tocsin_breakers{lane="email",state="open"}')).toBe(0);
    expect(valueIn(text, 'tocsin_leases_lost_total{lane="webhook"}')).toBe(1);
  });

  it('show the pool at work, and the delay of the event loop', async () => {
    await scrape();
    const until = performance.now() + 300;
    while (performance.now() < until);
    const text = await app.database.transaction(async () => scrape());
    expect(valueIn(text, 'tocsin_database_connections_max')).toBeGreaterThan(1);
    expect(valueIn(text, 'tocsin_database_connections_busy')).toBeGreaterThan(0);
    expect(valueIn(text, 'tocsin_database_connections_idle')).toBeGreaterThanOrEqual(0);
    expect(valueIn(text, 'tocsin_database_waiting')).toBe(0);
    const delays = ['_bucket{le="0.1"}', '_count'].map((of) =>
      valueIn(text, `tocsin_event_loop_delay_seconds${of}`),
    );
    expect(delays[1]).toBeGreaterThan(delays[0]!);
  });

  it('are all in the operating manual, and none is there that they lack', async () => {
    const shown = new Set((await scrape()).match(/(?<=^# TYPE )tocsin_\w+/gm));
    const manual = await readFile('docs/operating.md', 'utf8');
    const documented = new Set(manual.match(/(?<=^\| `)tocsin_\w+(?=`)/gm));
    expect([...documented].toSorted()).toEqual([...shown].toSorted());
    const used = [...new Set(manual.match(/\btocsin_\w+/g))];
    const known = (name: string) => shown.has(name) || shown.has(name.replace(/_(bucket|count|sum)$/, ''));
    expect(used.filter((name) => !known(name))).toEqual([]);
    const text = await scrape();
    const selected = [...manual.matchAll(/\b(tocsin_\w+)\{(\w+!?="[^"]+")\}/g)].map(
      ([, name = '', label = '']) => ({
        name,
        label: label.replace('!=', '='),
      }),
    );
    const lines = text.split('\n');
    const isThere = ({ name, label }: { name: string; label: string }) =>
      lines.some((line) => line.startsWith(`${name}{`) && line.includes(label));
    expect(selected.length).toBeGreaterThan(5);
    expect(selected.filter((one) => !isThere(one))).toEqual([]);
  });
});

describe('the metrics of the ledger', () => {
  beforeEach(start);
  afterEach(stop);

  it('say how long is waited for settling and planning', async () => {
    await app.postEvents([
      provisionEvent(),
      provisionEvent({ revision: { id: 'open' }, after: side('high') }),
    ]);
    await app.database.execute(`update revision set settled_at = settled_at - interval '1 hour'`);
    await app.database.execute(`update revision set settle_at = settle_at - interval '2 hours'`);
    const text = await scrape();
    const waits = ['settling', 'planning'].map((of) =>
      valueIn(text, `tocsin_revision_wait_seconds{for="${of}"}`),
    );
    expect(waits[0]).toBeGreaterThan(7_000);
    expect(waits[1]).toBeGreaterThan(3_500);
  });

  it('come without those of the ledger while that does not answer, and ask it one question at a time', async () => {
    const texts = await app.database.transaction(async (tx) => {
      await tx.execute('lock table delivery, parcel, fan_out_range in access exclusive mode');
      const scraped = await Promise.all([scrape(), scrape(), scrape()]);
      const asking = await tx.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(asking).toHaveLength(1);
      return scraped;
    });
    for (const text of texts) {
      expect(text).not.toMatch(/^tocsin_(deliveries_due|oldest_due|fan_out_ranges_left|revision_wait)\S* /m);
      expect(valueIn(text, 'tocsin_alerts_total')).toBe(0);
      expect(valueIn(text, 'tocsin_database_connections_busy')).toBeGreaterThan(0);
    }
  });
});
