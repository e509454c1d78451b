import { count } from '../format.js';
import type { Line, Row } from '../row.js';
import { makeDue } from '../stage/due.js';
import { received } from '../stage/received.js';
import type { Stage } from '../stage/stage.js';
import { median, unevenness } from '../statistics.js';

const goal = 1.2;
/** The dispatch of these requests is timed, of every backlog alike: by then a worker's code is warm. */
const [fromRequest, toRequest] = [2_000, 9_000];
/** More followers than this are made and fanned out once: it takes minutes. */
const mostRepeated = 1_000_000;

type Run = { followers: number; fanOutUs: number; dispatchUs: number };

/** What one delivery costs, from few followers to many. */
export const cost: Row = {
  name: 'cost',
  about: 'microseconds a delivery, fan-out and dispatch, at growing numbers of followers',
  async run(stage) {
    const bySize: Run[][] = [];
    for (const followers of stage.scale.costFollowers) {
      const repeats = followers > mostRepeated ? 1 : stage.scale.runs;
      const runs: Run[] = [];
      for (let run = 1; run <= repeats; run++) {
        runs.push(await measure(stage, followers));
        const { fanOutUs, dispatchUs } = runs.at(-1) as Run;
        stage.say(
          `${count(followers)} followers, run ${run}: fan-out ${us(fanOutUs)}, dispatch ${us(dispatchUs)}`,
        );
      }
      bySize.push(runs);
    }
    return [
      lineOf(stage, 'fan-out', bySize, ({ fanOutUs }) => fanOutUs),
      lineOf(stage, 'dispatch', bySize, ({ dispatchUs }) => dispatchUs),
    ];
  },
};

function lineOf(stage: Stage, what: string, bySize: readonly Run[][], of: (run: Run) => number): Line {
  const medians = bySize.map((runs) => median(runs.map(of)));
  const ratio = unevenness(medians);
  // The large sizes have one run, which stands beside each of the small ones.
  const ratios = Array.from({ length: stage.scale.runs }, (_, run) =>
    unevenness(bySize.map((runs) => of(runs[Math.min(run, runs.length - 1)] as Run))),
  );
  const sizes = stage.scale.costFollowers.map((followers) => shortCount(followers)).join(', ');
  return {
    row: `cost of a delivery at ${sizes} followers: ${what}`,
    measured: medians.map(us).join(', '),
    bare: '—',
    ratios,
    // The dearest of four single runs would be dear by chance.
    ratio,
    goal: `≤ ${goal.toFixed(2)}`,
    met: ratio <= goal,
    note: `The ratio is that of the dearest size to the cheapest, of their medians; the spread is that of single runs. Dispatch is timed from the ${count(fromRequest)}th request of a new worker to the ${count(toRequest)}th; sizes above ${count(mostRepeated)} are run once.`,
    runs: what === 'fan-out' ? bySize.flat() : [],
  };
}

async function measure(stage: Stage, followers: number): Promise<Run> {
  const isLarge = followers > mostRepeated;
  const database = await (isLarge
    ? stage.databases.single('webhook', followers)
    : stage.databases.copy('webhook', followers));
  const fanOutMs = await makeDue(stage, database);
  await stage.postgres.checkpoint();
  const { webhooks } = stage.sinks;
  await webhooks.reset({ marks: [fromRequest, toRequest] });
  const worker = await stage.service(database, 'worker');
  await received(async () => webhooks.tally(), toRequest);
  const { marks } = await webhooks.tally();
  await worker.stop();
  await stage.databases.drop(database);
  const ms = (marks[toRequest] ?? 0) - (marks[fromRequest] ?? 0);
  return {
    followers,
    fanOutUs: (fanOutMs * 1_000) / followers,
    dispatchUs: (ms * 1_000) / (toRequest - fromRequest),
  };
}

function us(microseconds: number): string {
  return `${microseconds.toFixed(1)} µs`;
}

/** `10 k`, `5 M` */
function shortCount(followers: number): string {
  return followers < 1_000_000 ? `${followers / 1_000} k` : `${followers / 1_000_000} M`;
}
