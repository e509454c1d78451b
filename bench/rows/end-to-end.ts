import { setTimeout as delay } from 'node:timers/promises';
import { duration } from '../format.js';
import type { Row } from '../row.js';
import { latency } from '../stage/latency.js';
import type { Stage } from '../stage/stage.js';
import { webhookProfile } from '../stage/webhook-profile.js';
import { median, quantile } from '../statistics.js';
import { runs } from './runs.js';

const goalMs = 100;
const followers = 2_000;
const warmUps = 20;
const pauseMs = 20;
const withinMs = 10_000;

/** From an event that is posted to the webhook that tells of it, with nothing else to do. */
export const endToEnd: Row = {
  name: 'end-to-end',
  about: 'event posted → webhook received, idle, against one commit and one HTTP round trip',
  async run(stage) {
    const measured = await runs(stage, async (run) => {
      const one = await measure(stage);
      stage.say(`end to end, run ${run}: ${shown(one.ours)}, bare ${shown(one.bare)}`);
      return one;
    });
    const p99 = median(measured.map(({ ours }) => quantile(ours, 0.99)));
    return [
      {
        row: 'end to end, idle: event posted → webhook received',
        measured: shown(measured.flatMap(({ ours }) => ours)),
        bare: shown(measured.flatMap(({ bare }) => bare)),
        ratios: measured.map(({ ours, bare }) => median(bare) / median(ours)),
        goal: `p99 < ${goalMs} ms`,
        met: p99 < goalMs,
        note: 'The ratio is that of the medians.',
        runs: measured,
      },
    ];
  },
};

/** p50 and p99 of milliseconds. */
export function shown(ms: readonly number[]): string {
  return `p50 ${duration(quantile(ms, 0.5))}, p99 ${duration(quantile(ms, 0.99))}`;
}

async function measure(stage: Stage): Promise<{ ours: number[]; bare: number[] }> {
  const body = (await webhookProfile(stage)).samples[0]?.body ?? Buffer.alloc(0);
  const database = await stage.databases.copy('webhook', followers);
  await stage.sinks.webhooks.reset({});
  const bareProgram = await stage.remote('commit-and-post', {
    databaseUrl: stage.postgres.url(database),
    url: `${stage.endpoints[0]}/bare`,
    body,
  });
  const [web, worker] = await Promise.all([
    stage.service(database, 'web'),
    stage.service(database, 'worker'),
  ]);
  await Promise.all([web.ready(), worker.ready()]);
  const [ours, bare]: number[][] = [[], []];
  const { endToEndEvents } = stage.scale;
  for (let event = 1; event <= warmUps + endToEndEvents; event++) {
    // One of each in turn: what disturbs one disturbs the other.
    const bareMs = await bareProgram.once();
    await delay(pauseMs);
    const ms = await latency(stage, web.url, event, withinMs);
    await delay(pauseMs);
    if (event <= warmUps) continue;
    bare?.push(bareMs);
    ours?.push(ms);
  }
  await Promise.all([web.stop(), worker.stop(), bareProgram.end()]);
  await stage.databases.drop(database);
  return { ours: ours ?? [], bare: bare ?? [] };
}
