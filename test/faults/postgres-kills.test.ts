import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOwnPostgres, type OwnPostgres } from './own-postgres.js';
import { newRandom } from './random.js';
import { recovered } from './recovery.js';
import { lanes, type Lane } from './receipts.js';
import { sized } from './size.js';
import { setStage, type Stage } from './stage.js';
import { printTable } from './table.js';
import { expectNothingLost, outage, type Fault } from './verdict.js';
import { until, untilDelivered } from './wait.js';

const accounts = sized({ short: 100, whole: 600 });
/** Rendering the first mail takes a process longer than all the rest of the short form. */
const on = sized<readonly Lane[]>({ short: ['webhook', 'slack'], whole: lanes });
const kills = sized({ short: 1, whole: 3 });
/** How long after PostgreSQL is back each process must work again. */
const recoveryS = 40;
const withinS = sized({ short: 90, whole: 240 });

let postgres: OwnPostgres;
let stage: Stage;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  stage = await setStage({ databaseUrl: postgres.url });
});
afterAll(async () => {
  await stage.close();
  await postgres.stop();
});

it('a PostgreSQL that is killed and comes back costs nothing but time', { timeout: 300_000 }, async () => {
  const random = newRandom();
  const { fleet, ledger, sinks } = stage;
  const web = await fleet.start('web and worker', { ROLES: 'web,worker,scheduler' });
  const workers = [web, await fleet.start('worker', { ROLES: 'worker' })];
  await Promise.all(workers.map((member) => member.ready()));
  await stage.makeFollowers(accounts, on);

  const faults: Fault[] = [];
  const rows: Record<string, string | number>[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    const moment = sinks.receipts.all.length + random.between(0.1, 0.7) * accounts * on.length;
    await stage.post(web);
    await until(stage, 'the next kill', () => sinks.receipts.all.length >= moment, {
      seconds: withinS,
      everyMs: 2,
    });
    const killedAt = performance.now();
    await postgres.kill();
    const allAre = async (healthy: boolean) =>
      (await Promise.all(workers.map((member) => member.isHealthy()))).every((is) => is === healthy);
    const red = await until(stage, '/health/ready is red', () => allAre(false), { seconds: 5 });
    await delay(random.between(0, sized({ short: 1_000, whole: 5_000 })));
    await postgres.restart();
    const backAt = performance.now();
    const works = await recovered(stage, web, workers, { seconds: recoveryS });
    faults.push(outage(stage, killedAt, performance.now(), workers.length));
    rows.push({
      kill,
      'away s': ((backAt - killedAt) / 1_000).toFixed(1),
      'red after s': red.toFixed(1),
      'works again after s': works.toFixed(1),
    });
  }
  await untilDelivered(stage, { seconds: withinS, lostUntil: await ledger.now() });
  const counts = await expectNothingLost(stage, faults);
  expect(fleet.fallen()).toEqual([]);
  printTable(`PostgreSQL killed (seed ${random.seed})`, rows);
  printTable('and what came of the deliveries', counts);
});
