import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Overview } from '../../src/operator/overview-view.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { makeDue } from '../support/due-deliveries.js';
import { webhookTo } from '../support/watching.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';
import { anEvent, side } from '../archive/an-event.js';
import { postBatch } from '../archive/post-batch.js';

let app: TestApp;
let destinationId: string;
let account: TestAccount;

/** A kind of destination that no channel serves: nothing but this test touches its lane. */
const lane = 'pigeon';

beforeAll(async () => {
  app = await startApp();
  account = await app.createAccount({ tier: 'professional' });
  const [row] = await app.database.query<{ id: string }>(
    `insert into destination (account_id, kind, status, settings, created_at)
     values ($1, $2, 'active', '{}', $3) returning id`,
    [account.id, lane, app.clock.now()],
  );
  destinationId = row?.id ?? '';
});
afterAll(async () => app.stop());
beforeEach(async () => {
  await app.database.execute('delete from delivery');
  await app.database.execute('delete from parcel');
});

const read = async () => {
  const { status, body } = await app.call('GET', '/v1/operator/overview', { token: app.operatorToken });
  expect(status).toBe(200);
  expect(Overview.parse(body)).toEqual(body);
  return body as Overview;
};

const secondsFromNow = (seconds: number) => new Date(app.clock.now().getTime() + seconds * 1_000);

/** What waits has a parcel of its own. */
async function deliver(
  state: 'due' | 'leased' | 'delivered' | 'dead' | 'cancelled',
  inSeconds: number,
): Promise<void> {
  const waits = state === 'due' || state === 'leased';
  await app.database.execute(
    `with made as (
       insert into delivery
         (account_id, destination_id, kind, lane, state, parcel_id, due_at, created_at, delivered_at, died_at)
       values ($1, $2, 'test', $3, $4, case when $4 = 'due' then nextval('parcel_id_seq') end, $5, $6,
         case when $4 = 'delivered' then $5::timestamptz end, case when $4 = 'dead' then $5::timestamptz end)
       returning id, parcel_id)
     insert into parcel (id, lane, first_id, last_id, due_at, claim_id)
     select parcel_id, $3, id, id, $5, case when $7 then gen_random_uuid() end from made where parcel_id is not null`,
    [
      account.id,
      destinationId,
      lane,
      waits ? 'due' : state,
      secondsFromNow(inSeconds),
      app.clock.now(),
      state === 'leased',
    ],
  );
}

/** A range of deliveries that a worker is in the middle of: of other lanes are some of the ids, and some have arrived. */
async function range(count: number, options: { leased?: boolean; arrived?: number }): Promise<void> {
  const { leased = false, arrived = 0 } = options;
  const of = [account.id, destinationId, app.clock.now(), lane, count];
  await app.database.execute(
    `with made as (
       insert into delivery (account_id, destination_id, kind, lane, parcel_id, due_at, created_at)
       select $1, $2, 'test', lane, packed.id, $3, $3
       from generate_series(1, $5::integer) n
       cross join (select name as lane, nextval('parcel_id_seq') as id from unnest(array[$4, 'dove']) as name) packed
       order by n, lane returning id, lane, parcel_id)
     insert into parcel (id, lane, bulk, first_id, last_id, due_at)
     select parcel_id, lane, true, min(id), max(id), $3 from made group by parcel_id, lane`,
    of,
  );
  const left = `select id from parcel where lane = '${lane}' order by id desc limit 1`;
  await app.database.execute(
    `update delivery set state = 'delivered', parcel_id = null, delivered_at = $2
     where id in (select id from delivery where parcel_id = (${left}) order by id limit $1)`,
    [arrived, app.clock.now()],
  );
  await app.database.execute(
    `update parcel set claim_id = case when $1 then gen_random_uuid() end where id = (${left})`,
    [leased],
  );
}

describe('the queue', () => {
  it('shows a lane whose destinations have nothing to get', async () => {
    const { queue } = await read();
    expect(queue[lane]).toEqual({ due: 0, leased: 0, dead: 0, oldestDueAt: null, oldestDueSeconds: null });
  });

  it('counts by state, and says how long the oldest has been due', async () => {
    await deliver('due', -90);
    await deliver('due', 600);
    await deliver('leased', -500);
    await deliver('dead', -9_000);
    await deliver('dead', -9_000);
    await deliver('delivered', -9_000);
    await deliver('cancelled', -9_000);
    expect((await read()).queue[lane]).toEqual({
      due: 2,
      leased: 1,
      dead: 2,
      oldestDueAt: secondsFromNow(-90).toISOString(),
      oldestDueSeconds: 90,
    });
  });

  it('counts what is left in ranges, that overlap, are in hand, or hold single deliveries between', async () => {
    await deliver('due', -90);
    await range(50, { arrived: 20 });
    await deliver('leased', -10);
    await range(30, { leased: true, arrived: 10 });
    const { queue } = await read();
    expect(queue[lane]).toMatchObject({ due: 1 + 30, leased: 1 + 20, dead: 0, oldestDueSeconds: 90 });
    expect(queue['dove']).toMatchObject({ due: 80, leased: 0 });
    // A range from before all of these to after them.
    await app.database.execute(
      `update parcel set first_id = first_id - 200, last_id = last_id + 200 where lane = 'dove' and first_id <> last_id`,
    );
    expect((await read()).queue).toEqual(queue);
  });

  it('says 0 seconds when the next one is due later', async () => {
    await deliver('due', 600);
    expect((await read()).queue[lane]).toMatchObject({ due: 1, oldestDueSeconds: 0 });
  });
});

describe('the rates', () => {
  it('count what arrived in the last hour, and attempts that failed', async () => {
    const receiver = await startWebhookReceiver();
    receiver.script('/', { status: 500 }, { status: 400 }, { status: 204 });
    for (let n = 0; n < 4; n++) {
      const { id } = await webhookTo(app, account, receiver.url('/'));
      await makeDue(app, 1, { accountId: account.id, destinationId: id });
    }
    await app.work();
    await receiver.close();
    const told = { deliveredPerHour: 2, failedAttemptsPerHour: 2 };
    expect((await read()).rates).toMatchObject(told);
    app.clock.advance(3_540);
    expect((await read()).rates).toMatchObject(told);
    app.clock.advance(61);
    expect((await read()).rates).toMatchObject({ deliveredPerHour: 0, failedAttemptsPerHour: 0 });
  });

  it('count changes and alerts of the last hour', async () => {
    const before = (await read()).rates;
    const [changeId] = await postBatch(app, [anEvent({ provision: { id: 'rated' } })]);
    await alertOn(String(changeId));
    const { rates } = await read();
    expect(rates.changesPerHour).toBe(before.changesPerHour + 1);
    expect(rates.alertsPerHour).toBe(before.alertsPerHour + 1);
    app.clock.advance(3_601);
    expect((await read()).rates).toMatchObject({ changesPerHour: 0, alertsPerHour: 0 });
  });
});

async function alertOn(changeId: string): Promise<void> {
  await app.database.execute(
    `insert into alert (revision_id, account_id, change_ids, watchlist_ids, created_at)
     select revision_id, $2, array[id], '{}', $3 from change where id = $1`,
    [changeId, account.id, app.clock.now()],
  );
}

describe('the fan-out', () => {
  it('counts revisions that are open, revisions to plan, and ranges left', async () => {
    const before = (await read()).fanOut;
    const open = { id: 'open', size: 2 };
    const [changeId] = await postBatch(app, [
      anEvent({ provision: { id: 'settled' } }),
      anEvent({ provision: { id: 'open' }, revision: open }),
    ]);
    await app.database.execute(
      `insert into fan_out_range select revision_id, 1, 2 from change where id = $1`,
      [changeId],
    );
    expect((await read()).fanOut).toEqual({
      revisionsOpen: before.revisionsOpen + 1,
      revisionsToPlan: before.revisionsToPlan + 1,
      rangesLeft: before.rangesLeft + 1,
    });
    await app.work();
    expect((await read()).fanOut).toMatchObject({ revisionsToPlan: 0, rangesLeft: 0 });
  });
});

const day = (number: number) => `2026-05-0${number}T09:00:00Z`;

const none = { silent: 0, late: 0, flapping: 0, reverted: 0, retracted: 0, cosmetic: 0, unmatched: 0 };

describe('suppressed changes', () => {
  it('are those of the last day, each under one reason', async () => {
    app.clock.advance(25 * 3_600);
    expect((await read()).suppressed).toEqual(none);
    const provision = { id: 'suppressed' };
    const [wanted] = await postBatch(app, [
      anEvent({ provision: { id: 'wanted' }, time: day(1) }),
      anEvent({ provision, after: side('low', 'A text.'), time: day(2) }),
      anEvent({ provision, after: side('low', 'A *TEXT*!'), time: day(3) }),
      anEvent({ provision, after: side('high', 'Long ago.'), time: day(1) }),
    ]);
    const [silent, silentAndLate] = await postBatch(app, [
      anEvent({ provision, after: side('high', 'Now high.'), time: day(4) }),
      anEvent({ provision, after: side('low', 'Older.'), time: day(1) }),
    ]);
    await app.database.execute('update change set silent = true where id = any($1::bigint[])', [
      [silent, silentAndLate],
    ]);
    await alertOn(String(wanted));
    const early = (await read()).suppressed;
    expect(early).toEqual({ ...none, silent: 2, late: 1, cosmetic: 1 });
    await app.work();
    expect((await read()).suppressed).toEqual({ ...early, unmatched: 1 });
    app.clock.advance(24 * 3_600 + 1);
    expect((await read()).suppressed).toEqual(none);
  });

  it('went back, or flap, before what nobody wanted', async () => {
    app.clock.advance(25 * 3_600);
    const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour)).toISOString();
    const move = (hour: number) =>
      anEvent({
        provision: { id: 'there-and-back' },
        after: side(hour % 2 === 0 ? 'low' : 'high', 'A text.'),
        time: at(hour),
      });
    // In at once: of the first of these nobody was told before it went back.
    const [, there] = await postBatch(app, [move(0), move(1), move(2)]);
    expect((await read()).suppressed).toEqual({ ...none, reverted: 2 });
    await alertOn(String(there));
    expect((await read()).suppressed).toEqual({ ...none, reverted: 1 });
    for (let hour = 3; hour < 12; hour++) await postBatch(app, [move(hour)]);
    await app.work();
    const { suppressed } = await read();
    const kept = await app.database.query<{ verdict: string }>(
      `select verdict from change where provision_id = 'there-and-back'`,
    );
    const count = (verdict: string) => kept.filter((one) => one.verdict === verdict).length;
    expect(suppressed.flapping).toBe(count('quiet'));
    expect(suppressed.flapping).toBeGreaterThan(2);
    expect(suppressed.reverted).toBeGreaterThanOrEqual(count('reverted'));
    const all = Object.values(suppressed).reduce((sum, one) => sum + one, 0);
    expect(all).toBe(kept.length - 1);
  });
});

describe('disabled destinations', () => {
  it('are listed with their reason, the newest 100 of them', async () => {
    await app.database.execute(
      `insert into destination (account_id, kind, status, reason, settings, created_at)
       select $1, $2, 'disabled', 'gone ' || n, '{"url": "https://secret.example"}', $3
       from generate_series(1, 120) n order by n`,
      [account.id, lane, app.clock.now()],
    );
    const { disabledDestinations, disabledDestinationCount } = await read();
    expect(disabledDestinationCount).toBe(120);
    expect(disabledDestinations).toHaveLength(100);
    expect(disabledDestinations[0]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      accountId: account.id,
      kind: lane,
      reason: 'gone 120',
    });
    expect(JSON.stringify(disabledDestinations)).not.toContain('secret.example');
  });
});

describe('accounts', () => {
  it('are counted by tier', async () => {
    const before = (await read()).accounts;
    await app.createAccount({ tier: 'free' });
    await app.createAccount({ tier: 'free' });
    expect((await read()).accounts).toEqual({ ...before, free: before.free + 2 });
  });
});

describe('who may read it', () => {
  it('is the operator alone', async () => {
    const call = async (token?: string) =>
      (await app.call('GET', '/v1/operator/overview', token === undefined ? {} : { token })).status;
    expect(await call()).toBe(401);
    expect(await call(account.token)).toBe(403);
    expect(await call(app.operatorToken)).toBe(200);
  });
});
