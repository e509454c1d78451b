import { setTimeout as delay } from 'node:timers/promises';
import { count, duration, megabytes } from '../format.js';
import { monotonicMs } from '../monotonic.js';
import type { Row } from '../row.js';
import { makeDue } from '../stage/due.js';
import { received } from '../stage/received.js';
import { residentBytes } from '../stage/resident-bytes.js';
import type { Stage } from '../stage/stage.js';
import { growth } from '../statistics.js';
import { runs } from './runs.js';

const goalBytes = 300_000_000;
/** What still counts as flat from the first third to the last. */
const flatShare = 0.1;
const sampleMs = 250;

/** Resident memory of a worker that sends out of a large backlog. */
export const memory: Row = {
  name: 'memory',
  about: 'resident memory of a worker process while many deliveries are due',
  async run(stage) {
    const { memoryFollowers, memoryMs } = stage.scale;
    const database = await stage.databases.copy('webhook', memoryFollowers);
    await makeDue(stage, database);
    await stage.postgres.checkpoint();
    const measured = await runs(stage, async (run) => {
      const one = await measure(stage, database, memoryMs);
      stage.say(
        `memory, run ${run}: at most ${megabytes(one.most)}, ${percent(one.share)} from third to third`,
      );
      return one;
    });
    await stage.databases.drop(database);
    const most = Math.max(...measured.map((one) => one.most));
    const share = Math.max(...measured.map((one) => one.share));
    return [
      {
        row: `memory of a worker, ${count(memoryFollowers)} deliveries due`,
        measured: `at most ${megabytes(most)}, ${percent(share)} over ${duration(memoryMs)}`,
        bare: '—',
        ratios: [],
        goal: `< ${megabytes(goalBytes)}, flat`,
        met: most < goalBytes && share <= flatShare,
        note: `Resident memory each ${sampleMs} ms, from the first request on. Growth is the median of the last third against that of the first, the most of all runs; flat is up to ${percent(flatShare)}. The runs work on one backlog, each with a new process.`,
        runs: measured,
      },
    ];
  },
};

type Measured = { most: number; first: number; last: number; share: number; samples: number[] };

async function measure(stage: Stage, database: string, ms: number): Promise<Measured> {
  const { webhooks } = stage.sinks;
  await webhooks.reset({});
  const worker = await stage.service(database, 'worker');
  await received(async () => webhooks.tally(), 1);
  const samples: number[] = [];
  for (const end = monotonicMs() + ms; monotonicMs() < end; await delay(sampleMs)) {
    samples.push(await residentBytes(worker.pid));
  }
  await worker.stop();
  return { most: Math.max(...samples), ...growth(samples), samples };
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(0)} %`;
}
