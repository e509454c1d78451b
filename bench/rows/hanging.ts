import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { count } from '../format.js';
import { monotonicMs } from '../monotonic.js';
import type { Row } from '../row.js';
import { makeDue } from '../stage/due.js';
import { received } from '../stage/received.js';
import { firstId } from '../stage/followers.js';
import { states } from '../stage/ledger.js';
import type { Stage } from '../stage/stage.js';
import { median } from '../statistics.js';
import { runs } from './runs.js';

const goal = 0.9;
const oneIn = 10;
const pollMs = 50;

/** What endpoints that take requests and never answer do to the others. */
export const hanging: Row = {
  name: 'hanging',
  about: 'webhooks to the endpoints that answer, with one endpoint in ten that hangs',
  async run(stage) {
    const measured = await runs(stage, async (run) => {
      const without = await measure(stage, false);
      const withThem = await measure(stage, true);
      const speeds = `${count(withThem.perSecond)}/s, without them ${count(without.perSecond)}/s`;
      stage.say(`with endpoints that hang, run ${run}: ${speeds}`);
      return { with: withThem, without };
    });
    const ratios = measured.map((run) => run.with.perSecond / run.without.perSecond);
    return [
      {
        row: `webhooks to the others while 1 endpoint in ${oneIn} hangs`,
        measured: `${count(median(measured.map((run) => run.with.perSecond)))}/s`,
        bare: `${count(median(measured.map((run) => run.without.perSecond)))}/s (none hangs)`,
        ratios,
        goal: `≥ ${goal.toFixed(2)}`,
        met: median(ratios) >= goal,
        note: `${hangingOf(stage).length} of ${stage.endpoints.length} endpoints take requests and never answer. Compared with those endpoints' followers away.`,
        runs: measured,
      },
    ];
  },
};

type Measured = { delivered: number; perSecond: number; isWhole: boolean };

async function measure(stage: Stage, theyHang: boolean): Promise<Measured> {
  const database = await stage.databases.copyAfter('webhook', stage.scale.hangingFollowers, {
    name: theyHang ? 'due' : 'due_but_some',
    happen: async (name) => {
      if (!theyHang) {
        await stage.postgres.session(name, async (sql) =>
          sql.query(PAUSE_SOME, [stage.endpoints.length, oneIn]),
        );
      }
      await makeDue(stage, name);
    },
  });
  const measured = await stage.postgres.session(database, async (sql) =>
    sendOut(stage, database, sql, theyHang),
  );
  await stage.databases.drop(database);
  return measured;
}

/** Takes the followers of the endpoints that would hang away. $1 endpoints, $2 one in how many. */
const PAUSE_SOME = `
  update destination set status = 'paused' where kind = 'webhook' and id % $1::integer % $2::integer = 0`;

/** Until the others have all been recorded, or for as long as the scale waits. */
async function sendOut(stage: Stage, database: string, sql: pg.Client, theyHang: boolean): Promise<Measured> {
  const { hangingFollowers, hangingLimitMs } = stage.scale;
  const { webhooks } = stage.sinks;
  const ids = Array.from({ length: hangingFollowers }, (_, n) => firstId + n);
  const others = ids.filter((id) => !isHanging(id % stage.endpoints.length)).length;
  await webhooks.reset({ hanging: theyHang ? hangingOf(stage) : [] });
  const worker = await stage.service(database, 'worker');
  await received(async () => webhooks.tally(), 1);
  const from = (await webhooks.tally()).firstAt ?? monotonicMs();
  const isLate = () => monotonicMs() - from > hangingLimitMs;
  while ((await webhooks.tally()).received < others && !isLate()) await delay(pollMs);
  let delivered = await deliveredOf(sql);
  for (; delivered < others && !isLate(); delivered = await deliveredOf(sql)) await delay(pollMs);
  const perSecond = (delivered * 1_000) / (monotonicMs() - from);
  await worker.stop('SIGKILL');
  return { delivered, perSecond, isWhole: delivered >= others };
}

async function deliveredOf(sql: pg.Client): Promise<number> {
  return (await states(sql))['delivered'] ?? 0;
}

function isHanging(endpoint: number): boolean {
  return endpoint % oneIn === 0;
}

function hangingOf(stage: Stage): number[] {
  return [...stage.endpoints.keys()].filter(isHanging);
}
