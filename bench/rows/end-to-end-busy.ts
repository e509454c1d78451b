import { setTimeout as delay } from 'node:timers/promises';
import { count, duration } from '../format.js';
import { monotonicMs } from '../monotonic.js';
import type { Row } from '../row.js';
import { watchers } from '../stage/followers.js';
import { latency } from '../stage/latency.js';
import { followedPlace, postEvent } from '../stage/post-event.js';
import type { Stage } from '../stage/stage.js';
import { median, quantile } from '../statistics.js';
import { shown } from './end-to-end.js';
import { runs } from './runs.js';

const goalMs = 1_000;
const everyMs = 200;
/** What has not arrived by then counts as having taken so long. */
const withinMs = 30_000;

/** The same while a big revision is fanned out and its deliveries are sent. */
export const endToEndBusy: Row = {
  name: 'end-to-end-busy',
  about: 'event posted → webhook received, while another revision is fanned out to many',
  async run(stage) {
    const measured = await runs(stage, async (run) => {
      const one = await measure(stage);
      const of = `${one.latencies.length} events during a fan-out of ${duration(one.fanOutMs)}`;
      stage.say(`end to end while fanning out, run ${run}: ${shown(one.latencies)}, ${of}`);
      return one;
    });
    const p99 = median(measured.map(({ latencies }) => quantile(latencies, 0.99)));
    return [
      {
        row: `the same while a fan-out to ${count(stage.scale.busyFollowers)} runs`,
        measured: shown(measured.flatMap(({ latencies }) => latencies)),
        bare: '—',
        ratios: [],
        goal: `p99 < ${duration(goalMs)}`,
        met: p99 < goalMs,
        note: `An event each ${everyMs} ms, whether or not those before have arrived; one that took longer than ${duration(withinMs)} counts as that.`,
        runs: measured,
      },
    ];
  },
};

async function measure(stage: Stage): Promise<{ latencies: number[]; fanOutMs: number }> {
  const { busyFollowers } = stage.scale;
  const database = await stage.databases.copy('webhook', busyFollowers);
  await stage.sinks.webhooks.reset({});
  const [web, worker] = await Promise.all([
    stage.service(database, 'web'),
    stage.service(database, 'worker'),
  ]);
  await Promise.all([web.ready(), worker.ready()]);
  // The first event of a process takes its time; it is not what a fan-out does to the others.
  await latency(stage, web.url, watchers, withinMs);
  await stage.postgres.checkpoint();

  const startedAt = monotonicMs();
  await postEvent(web.url, 1, followedPlace);
  const waiting: Promise<number>[] = [];
  await stage.postgres.session(database, async (sql) => {
    // The warm-up made an alert, too.
    const isDone = async () => {
      const { rows } = await sql.query<{ made: string }>(
        `select n_tup_ins as made from pg_stat_user_tables where relname = 'alert'`,
      );
      return Number(rows[0]?.made) > busyFollowers;
    };
    for (let watcher = 1; watcher < watchers && !(await isDone()); watcher++) {
      waiting.push(latency(stage, web.url, watcher, withinMs));
      await delay(everyMs);
    }
    while (!(await isDone())) await delay(everyMs);
  });
  const fanOutMs = monotonicMs() - startedAt;
  const latencies = await Promise.all(waiting);
  await Promise.all([web.stop('SIGKILL'), worker.stop('SIGKILL')]);
  await stage.databases.drop(database);
  return { latencies, fanOutMs };
}
