import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRandom } from './random.js';
import { sized } from './size.js';
import { setStage, type Stage } from './stage.js';
import { printTable } from './table.js';
import { expectNothingLost, killAt } from './verdict.js';
import { until, untilDelivered } from './wait.js';

const accounts = sized({ short: 1_000, whole: 16_667 });
const kills = sized({ short: 3, whole: 20 });
/** How many of the last ones killed leave leases that run out by themselves; the others' are ended at once, to save time. */
const left = sized({ short: 0, whole: 5 });
const withinS = sized({ short: 120, whole: 400 });

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await stage.makeFollowers(accounts);
});
afterAll(() => stage.close());

it(
  'workers that are killed lose nothing, and repeat only what they had in hand',
  { timeout: 500_000 },
  async () => {
    const random = newRandom();
    const { fleet, ledger, sinks } = stage;
    const work = (name: string) => fleet.start(name, { ROLES: 'web,worker' });
    const workers = [await work('worker 1'), await work('worker 2')];
    await Promise.all(fleet.members.map((member) => member.ready()));
    const startedAt = performance.now();
    await stage.post(random.pick(workers));
    // By how far the work is, and not by the time: so all of them fall into the run, however fast it is.
    const moments = Array.from({ length: kills }, () => random.between(0, 0.9) * accounts * 3);
    const killed: number[] = [];
    for (const moment of moments.toSorted((a, b) => a - b)) {
      const isDue = () => sinks.receipts.all.length >= moment && workers.some(({ isReady }) => isReady);
      await until(stage, 'the next kill', isDue, { seconds: withinS, everyMs: 2 });
      await delay(random.between(0, 30));
      const victim = random.pick(workers.filter(({ isReady }) => isReady));
      await victim.kill();
      killed.push(performance.now());
      await ledger.untilDisconnected(victim.holder);
      if (killed.length <= kills - left) await ledger.endLeasesOf(victim.holder);
      workers[workers.indexOf(victim)] = await work(victim.name);
    }
    await untilDelivered(stage, { seconds: withinS });
    const seconds = (performance.now() - startedAt) / 1_000;
    const counts = await expectNothingLost(
      stage,
      killed.map((at) => killAt(stage, at)),
    );
    expect(fleet.fallen()).toEqual([]);
    printTable(
      `${kills} kills of workers, ${stage.due} deliveries in ${seconds.toFixed(0)} s (seed ${random.seed})`,
      counts.map((row) => ({ ...row, kills })),
    );
  },
);
