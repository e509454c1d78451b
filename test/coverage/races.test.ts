import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CoverageFanOut } from '../../src/coverage/coverage-fan-out.js';
import {
  planNotice,
  takeCoverageRange,
  tellRange,
  type CoverageTerms,
} from '../../src/coverage/coverage-fan-out.store.js';
import { LostDocuments } from '../../src/coverage/lost-documents.service.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { checkedEvent, passDays } from '../support/checks.js';
import { CoverageSteps } from '../support/coverage-steps.js';
import { hold } from '../support/database-locks.js';
import { watch } from '../support/watching.js';

const terms: CoverageTerms = { everyChannelTiers: ['watcher'], mostAnHour: 1_000, readLanes: ['email'] };
const documents = 60;
const processes = 5;

let app: TestApp;
let accounts: TestAccount[];
let steps: CoverageSteps;
beforeEach(async () => {
  app = await startApp();
  steps = new CoverageSteps(app);
  accounts = [];
  for (let n = 0; n < 5; n++) {
    const account = await app.createAccount();
    await watch(app, account, [['entity', 'acme']]);
    accounts.push(account);
  }
});
afterEach(async () => app.stop());

const many = Array.from({ length: processes });
const run = async () => app.app.get(CoverageFanOut).run(new AbortController().signal);
const look = async () => app.app.get(LostDocuments).look();
const plan = async (aRange: number) => planNotice(app.database, aRange, app.clock.now());
const take = async () => app.database.transaction(takeCoverageRange);
const tell = async () =>
  app.database.transaction(async (tx) => {
    const range = await takeCoverageRange(tx);
    return range && tellRange(tx, range, app.clock.now(), terms);
  });
const counts = async () => {
  const [row] = await app.database.query<{ notices: number; deliveries: number; destinations: number }>(
    `select (select count(*)::integer from coverage_notice) as notices, count(*)::integer as deliveries,
       count(distinct (notice ->> 'id', destination_id))::integer as destinations
     from delivery where kind = 'coverage'`,
  );
  return row;
};
const checkAll = async () =>
  steps.post(
    ...Array.from({ length: documents }, (_, n) =>
      checkedEvent({ document: `many-${n}`, time: app.clock.now() }),
    ),
  );

describe('five at once', () => {
  it('tell each follower of each loss once, and of each end once', async () => {
    await checkAll();
    passDays(app, 15);
    await Promise.all(many.flatMap(() => [look(), run()]));
    await Promise.all(many.map(run));
    // A mailbox bears 20 an hour: the others are cancelled, and stand in the ledger all the same.
    const lost = documents * accounts.length;
    expect(await counts()).toEqual({ notices: documents, deliveries: lost, destinations: lost });
    await app.database.execute(`update delivery set state = 'delivered', parcel_id = null, reason = null`);
    await checkAll();
    await Promise.all(many.flatMap(() => [look(), run()]));
    await Promise.all(many.map(run));
    expect(await counts()).toEqual({
      notices: 2 * documents,
      deliveries: 2 * lost,
      destinations: 2 * lost,
    });
  });

  it('look while checks come in: a document is lost, or was just seen, and never both', async () => {
    await checkAll();
    passDays(app, 15);
    await Promise.all([checkAll(), ...many.map(look)]);
    await Promise.all(many.map(look));
    const rows = await app.database.query(
      `select id from document where (lost_at is not null) <> (last_verified_at < $1::timestamptz - interval '14 days')`,
      [app.clock.now()],
    );
    expect(rows).toEqual([]);
    const [row] = await app.database.query<{ lost: number; back: number }>(
      `select count(*) filter (where about = 'lost')::integer as lost,
         count(*) filter (where about = 'back')::integer as back from coverage_notice`,
    );
    expect(row?.back).toBe(row?.lost);
  });
});

describe('a process that was killed between the steps', () => {
  beforeEach(async () => {
    await steps.check();
    passDays(app, 15);
    await look();
  });
  const told = async () => Promise.all(accounts.map(async (account) => steps.about(account)));
  const each = (...about: string[]) => accounts.map(() => about);

  it('leaves its work to the next, which goes on at the notice that nobody planned', async () => {
    await run();
    expect(await told()).toEqual(each('lost unverified'));
  });

  it('leaves its work to the next, which goes on at the ranges that nobody told', async () => {
    await plan(2);
    expect(await tell()).toMatchObject({ deliveries: 2 });
    // A transaction that ends with its process leaves its range.
    await expect(
      app.database.transaction(async (tx) => {
        const range = await takeCoverageRange(tx);
        await tellRange(tx, range!, app.clock.now(), terms);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    await run();
    expect(await told()).toEqual(each('lost unverified'));
  });

  it('nobody is told that it is back before all were told of the loss', async () => {
    await plan(2);
    await tell();
    await steps.check();
    await look();
    expect(await plan(2)).toBeNull();
    const held = `select from coverage_range for update`;
    await hold(app.database, held, run);
    expect(await told()).toEqual([...each('lost unverified').slice(0, 2), ...each().slice(2)]);
    await run();
    // Those whose turn had not come hear of neither: by then it was back.
    expect(await told()).toEqual([
      ...each('lost unverified', 'back unverified').slice(0, 2),
      ...each().slice(2),
    ]);
  });

  it('ranges are shared by workers that never wait for each other, and numbered', async () => {
    await plan(2);
    const ranges = await app.database.query<{ number: number; isLast: boolean }>(
      `select number, until_account = 9223372036854775807 as "isLast" from coverage_range order by number`,
    );
    expect(ranges).toEqual([
      { number: 0, isLast: false },
      { number: 1, isLast: false },
      { number: 2, isLast: true },
    ]);
    const held = `select from coverage_range where number = 0 for update`;
    expect(await hold(app.database, held, take)).toMatchObject({ number: 1, about: 'lost', isBulk: true });
  });

  it('the ledger refuses a second delivery of a notice to a destination, and a second loss', async () => {
    await run();
    const copy = (sql: string) => app.database.execute(sql);
    await expect(
      copy(`insert into delivery (account_id, destination_id, kind, lane, state, notice, due_at, created_at)
        select account_id, destination_id, kind, lane, 'cancelled', notice, due_at, created_at from delivery limit 1`),
    ).rejects.toMatchObject({ driverError: { code: '23505' } });
    await expect(
      copy(`insert into coverage_notice (document_id, about, cause, lost_at, since, created_at)
        select document_id, about, cause, lost_at, since, created_at from coverage_notice`),
    ).rejects.toMatchObject({ driverError: { code: '23505' } });
  });
});
