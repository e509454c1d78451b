import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOwnPostgres, type OwnPostgres } from './own-postgres.js';
import { newRandom } from './random.js';
import { sized } from './size.js';
import { setStage, type Stage } from './stage.js';
import { printTable } from './table.js';
import { expectNothingLost } from './verdict.js';
import { untilDelivered } from './wait.js';

const processes = 5;
const accounts = sized({ short: 20, whole: 200 });
const revisions = sized({ short: 5, whole: 50 });
const withinS = sized({ short: 60, whole: 120 });

let postgres: OwnPostgres;
let stage: Stage;
beforeAll(async () => {
  // A database without a schema: all of them want to migrate it, and to make partitions, at the same moment.
  postgres = await startOwnPostgres();
  stage = await setStage({ databaseUrl: postgres.url, environment: { REVISION_SETTLE_S: '1' } });
  for (let number = 1; number <= processes; number++)
    await stage.fleet.start(`process ${number}`, { ROLES: 'web,worker,scheduler' });
  await Promise.all(stage.fleet.members.map((member) => member.ready()));
  // One lane: five processes that each render a first mail would take longer than all the rest.
  await stage.makeFollowers(accounts, ['webhook']);
});
afterAll(async () => {
  await stage.close();
  await postgres.stop();
});

it('five processes that do everything do each thing once', { timeout: 200_000 }, async () => {
  const random = newRandom();
  const { fleet, ledger } = stage;
  // Their sizes are not told: whoever ticks first settles them.
  for (let revision = 0; revision < revisions; revision++) await stage.post(random.pick(fleet.members), 2);
  await untilDelivered(stage, { seconds: withinS });

  const made = await ledger.countMade();
  expect(made).toEqual({ settled: revisions, alerts: revisions * accounts, deliveries: stage.due });
  const partitions = await ledger.attemptPartitions();
  const months = partitions.filter(({ bounds }) => bounds !== 'DEFAULT');
  expect(months).toHaveLength(2);
  expect(new Set(months.map(({ bounds }) => bounds)).size).toBe(2);
  const counts = await expectNothingLost(stage, []);
  expect(fleet.fallen()).toEqual([]);
  printTable(`Five processes with every role (seed ${random.seed})`, [
    {
      ...made,
      'monthly partitions': months.length,
      repeats: counts.reduce((sum, { repeats }) => sum + repeats, 0),
    },
  ]);
});
