import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.js';
import type { Member } from './fleet.js';
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
const rounds = sized({
  short: ['cut', 'half-open'],
  whole: [...Array<string>(4).fill('cut'), 'half-open'],
});
/**
 * How long after the network is well again each process must work. Half-open connections show by nothing but silence: by
 * default they cost what a statement may take at most, once for the statement that is under way and once for the next.
 */
const recoveryS = 90;
/** The short form has no time to wait for the service's own limits: `DATABASE_URL` may set others. */
const urlParameters = sized({
  short: 'connect_timeout=2&query_timeout=3000&idle_in_transaction_session_timeout=4000',
  whole: '',
});
const withinS = 240;

let postgres: OwnPostgres;
let proxy: FaultProxy;
let stage: Stage;
let web: Member;
let workers: Member[];
beforeAll(async () => {
  postgres = await startOwnPostgres();
  stage = await setStage({
    databaseUrl: postgres.url,
    throughProxy: async (port) => {
      proxy = await startFaultProxy(port);
      return proxy.port;
    },
    urlParameters,
  });
  web = await stage.fleet.start('web and worker', { ROLES: 'web,worker,scheduler' });
  workers = [web, await stage.fleet.start('worker', { ROLES: 'worker' })];
  await Promise.all(workers.map((member) => member.ready()));
  await stage.makeFollowers(accounts, on);
});
afterAll(async () => {
  await stage.close();
  await proxy.stop();
  await postgres.stop();
});

it('connections that are cut half-way or go silent cost nothing but time', { timeout: 450_000 }, async () => {
  const random = newRandom();
  const { fleet, ledger, sinks } = stage;
  const faults: Fault[] = [];
  const rows: Record<string, string | number>[] = [];
  for (const fault of rounds) {
    const moment = sinks.receipts.all.length + random.between(0.1, 0.7) * accounts * on.length;
    await stage.post(web);
    await until(stage, `the next ${fault}`, () => sinks.receipts.all.length >= moment, {
      seconds: withinS,
      everyMs: 2,
    });
    const from = performance.now();
    const touched = fault === 'cut' ? await proxy.cut() : await silence(random.between(500, 2_000));
    const works = await recovered(stage, web, workers, { seconds: recoveryS });
    faults.push(outage(stage, from, performance.now(), workers.length));
    rows.push({ fault, connections: touched, 'works again after s': works.toFixed(1) });
  }
  await untilDelivered(stage, { seconds: withinS, lostUntil: await ledger.now() });
  const counts = await expectNothingLost(stage, faults);
  expect(fleet.fallen()).toEqual([]);
  printTable(`Connections to PostgreSQL broken (seed ${random.seed})`, rows);
  printTable('and what came of the deliveries', counts);
});

/** For a while nothing passes; the connections of that time never speak again, and nobody is told. */
async function silence(ms: number): Promise<number> {
  const frozen = proxy.freeze();
  await delay(ms);
  proxy.heal();
  return frozen;
}
