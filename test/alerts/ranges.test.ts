import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeRange, type FanOutRange } from '../../src/alerts/fan-out.store.js';
import { FanOut } from '../../src/alerts/fan-out.js';
import { acknowledgeAlert, findAlert } from '../../src/alerts/inbox.store.js';
import type { AccountId, AlertId } from '../../src/domain/ids.js';
import { Intake } from '../../src/intake/intake.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { hold } from '../support/database-locks.js';
import { provisionEvent } from '../support/events.js';
import { FanOutSteps } from '../support/fan-out-steps.js';
import { alertsOf, deliveriesOf, watch, webhookTo } from '../support/watching.js';

let app: TestApp;
let entity: string;
let steps: FanOutSteps;
let entities = 0;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(() => {
  entity = `ranged-${++entities}`;
  steps = new FanOutSteps(app, entity);
});

const take = async () => app.database.transaction(takeRange);
const alerted = async (accounts: readonly TestAccount[]) =>
  Promise.all(accounts.map(async (account) => (await alertsOf(app, account)).length));
const delivered = async (accounts: readonly TestAccount[]) =>
  Promise.all(accounts.map(async (account) => (await deliveriesOf(app, account)).length));

describe('ranges', () => {
  it('hold the accounts from the first on, up to the next range and not with it', async () => {
    const accounts = await steps.followers(5);
    const ranges = await steps.planned(2);
    expect(ranges.map(({ fromAccount }) => fromAccount)).toEqual([0, 2, 4].map((n) => accounts[n]?.id));
    await steps.fanOut(ranges[1]!);
    expect(await alerted(accounts)).toEqual([0, 0, 1, 1, 0]);
    await steps.fanOut(ranges[0]!);
    expect(await alerted(accounts)).toEqual([1, 1, 1, 1, 0]);
    await steps.fanOut(ranges[2]!);
    expect(await alerted(accounts)).toEqual([1, 1, 1, 1, 1]);
    expect(await take()).toBeNull();
  });

  it('make nothing twice when each is repeated, and at once', async () => {
    const accounts = await steps.followers(5);
    const ranges = await steps.planned(2);
    for (const range of ranges) await steps.fanOut(range);
    const again = await Promise.all([...ranges, ...ranges].map(async (range) => steps.fanOut(range)));
    expect(again).toEqual(again.map(() => ({ alerts: 0, deliveries: 0, lanes: [], gathers: false })));
    expect(await alerted(accounts)).toEqual([1, 1, 1, 1, 1]);
    expect(await delivered(accounts)).toEqual([1, 1, 1, 1, 1]);
  });

  it('make nothing twice when two workers begin one at the same moment', async () => {
    const accounts = await steps.followers(3);
    const [range] = await steps.planned(10);
    const made = await Promise.all([steps.fanOut(range!), steps.fanOut(range!), steps.fanOut(range!)]);
    expect(made.map(({ alerts }) => alerts).toSorted((a, b) => a - b)).toEqual([0, 0, 3]);
    expect(await alerted(accounts)).toEqual([1, 1, 1]);
    expect(await delivered(accounts)).toEqual([1, 1, 1]);
  });

  it('have a ledger behind them that refuses a second alert, and a second delivery of one', async () => {
    const [account] = await steps.followers(1);
    await steps.fanOut((await steps.planned(1))[0]!);
    const [{ id, alertId }] = await deliveriesOf(app, account!);
    const copy = async (sql: string, of: string) => app.database.execute(sql, [of]);
    await expect(
      copy(
        `insert into alert (revision_id, account_id, change_ids, watchlist_ids, created_at)
         select revision_id, account_id, change_ids, watchlist_ids, created_at from alert where id = $1`,
        alertId,
      ),
    ).rejects.toMatchObject({ driverError: { code: '23505' } });
    await expect(
      copy(
        `insert into delivery (account_id, alert_id, destination_id, lane, parcel_id, due_at, created_at)
         select account_id, alert_id, destination_id, lane, parcel_id, due_at, created_at from delivery where id = $1`,
        id,
      ),
    ).rejects.toMatchObject({ driverError: { code: '23505' } });
  });

  it('are shared by workers that never wait for each other', async () => {
    await steps.followers(4);
    const [first, second] = await steps.planned(2);
    const held = `select from fan_out_range where from_account = ${first?.fromAccount} for update`;
    expect(await hold(app.database, held, take)).toMatchObject(second!);
    expect(await take()).toMatchObject(first!);
    await app.work();
  });

  it('are all worked through once by workers that run at once', async () => {
    const accounts = await steps.followers(9);
    await steps.planned(1);
    const run = async () => app.app.get(FanOut).run(new AbortController().signal);
    await Promise.all([run(), run(), run()]);
    expect(await alerted(accounts)).toEqual(accounts.map(() => 1));
    expect(await delivered(accounts)).toEqual(accounts.map(() => 1));
    expect(await take()).toBeNull();
  });

  it('are numbered, and those of a small revision take turns with those of a big one', async () => {
    await steps.followers(5);
    const big = await steps.planned(2);
    await app.postEvents([provisionEvent({ entity, provision: `${entity}-2` })]);
    const small = await steps.rangesOf(await steps.plan(10));
    expect([...big, ...small].map(({ number }) => number)).toEqual([0, 1, 2, 0]);
    const turns: FanOutRange[] = [];
    for (let range = await take(); range !== null; range = await take()) {
      turns.push(range);
      await steps.fanOut(range);
    }
    expect(turns).toMatchObject([big[0], small[0], big[1], big[2]]);
  });

  it('of several revisions are planned by workers that never wait for each other', async () => {
    await steps.followers(1);
    await app.postEvents([provisionEvent({ entity }), provisionEvent({ entity, provision: `${entity}-2` })]);
    const [first, second] = await app.database.query<{ id: string }>(
      `select id from revision where planned_at is null order by settled_at, id`,
    );
    const held = `select from revision where id = ${first?.id} for update`;
    expect(await hold(app.database, held, async () => steps.plan(1))).toBe(second?.id);
    expect(await steps.plan(1)).toBe(first?.id);
    expect(await steps.plan(1)).toBeNull();
    await app.work();
  });
});

describe('changes that alert nobody', () => {
  const of = (n: number, time?: string) =>
    provisionEvent({
      entity,
      provision: `${entity}-${n}`,
      revision: { id: entity, size: 2 },
      ...(time !== undefined && { time }),
    });
  const record = async (event: unknown, silent: boolean) =>
    app.app.get(Intake).take([event as never], { silent });
  const changesOf = async (account: TestAccount) =>
    (await alertsOf(app, account)).flatMap(({ changes }) => changes.map((one: any) => one.provision.id));

  it('are left out when they are silent, of the plan and of the alert', async () => {
    const [all, one] = [await app.createAccount(), await app.createAccount()];
    await watch(app, all, [['entity', entity]]);
    await watch(app, one, [['provision', `${entity}-1`]]);
    await record(of(1), true);
    await record(of(2), false);
    const ranges = await steps.rangesOf(await steps.plan(1));
    expect(ranges.map(({ fromAccount }) => fromAccount)).toEqual([all.id]);
    await app.work();
    expect(await changesOf(all)).toEqual([`${entity}-2`]);
    expect(await changesOf(one)).toEqual([]);
  });

  it('are left out when they are late, of the plan and of the alert', async () => {
    const [all, one] = [await app.createAccount(), await app.createAccount()];
    await record({ ...of(1), data: { ...of(1).data, revision: undefined } }, false);
    await app.work();
    await watch(app, all, [['entity', entity]]);
    await watch(app, one, [['provision', `${entity}-1`]]);
    await record(of(1, '2020-01-01T00:00:00Z'), false);
    await record(of(2), false);
    const ranges = await steps.rangesOf(await steps.plan(1));
    expect(ranges.map(({ fromAccount }) => fromAccount)).toEqual([all.id]);
    await app.work();
    expect(await changesOf(all)).toEqual([`${entity}-2`]);
    expect(await changesOf(one)).toEqual([]);
  });
});

describe('deliveries', () => {
  /** An account with a webhook and its own address, both on an instant watchlist. */
  const withBoth = async (mode = 'instant') => {
    const account = await app.createAccount({ email: `Own.${entity}@Example.org` });
    const hook = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
    const { items } = (await app.call('GET', '/v1/destinations', { token: account.token })).body;
    await watch(app, account, [['entity', entity]], {
      destinationIds: items.map(({ id }: { id: string }) => id),
      cadence: { mode },
    });
    // The address is the same one in any case.
    await app.database.execute(
      `update destination set settings = jsonb_build_object('address', upper(settings ->> 'address'))
       where account_id = $1 and kind = 'email'`,
      [account.id],
    );
    return { account, hook };
  };
  const lanesOf = async (account: TestAccount) =>
    (await deliveriesOf(app, account)).map(({ lane }) => lane as string).toSorted();

  it('go to every destination of a tier that holds every channel', async () => {
    const { account } = await withBoth();
    const [range] = await steps.planned(10);
    const made = await steps.fanOut(range!);
    expect(made).toEqual({
      alerts: 1,
      deliveries: 2,
      lanes: expect.arrayContaining(['email', 'webhook']),
      gathers: false,
    });
    expect(await lanesOf(account)).toEqual(['email', 'webhook']);
  });

  it("go to the account's own address alone in a tier that holds no more", async () => {
    const { account } = await withBoth();
    const other = await webhookTo(app, account, 'http://127.0.0.1:9009/other');
    const [range] = await steps.planned(10);
    await app.database.execute(
      `update destination set kind = 'email', settings = '{"address": "other@example.org"}' where id = $1`,
      [other.id],
    );
    await app.database.execute(
      `insert into watchlist_destination select id, $2 from watchlist where account_id = $1`,
      [account.id, other.id],
    );
    await steps.fanOut(range!, { everyChannelTiers: ['professional'] });
    expect(await lanesOf(account)).toEqual(['email']);
    expect((await deliveriesOf(app, account))[0].destinationId).not.toBe(other.id);
  });

  it('are not made in a tier that holds no instant alerts, which go to the inbox', async () => {
    const { account } = await withBoth();
    await app.database.execute(`update account set tier = 'free' where id = $1`, [account.id]);
    await app.postEvents([provisionEvent({ entity })]);
    await app.work();
    expect(await alerted([account])).toEqual([1]);
    expect(await lanesOf(account)).toEqual([]);
  });

  it('are not due of a watchlist that is not instant, which has them gathered', async () => {
    const { account } = await withBoth('hourly');
    const [range] = await steps.planned(10);
    expect(await steps.fanOut(range!)).toEqual({ alerts: 1, deliveries: 0, lanes: [], gathers: true });
    expect(await alerted([account])).toEqual([1]);
    expect(await lanesOf(account)).toEqual([]);
  });

  it.each([
    ['pending', []],
    ['paused', [{ state: 'cancelled', reason: 'the destination was paused' }]],
    ['disabled', [{ state: 'cancelled', reason: 'the destination was disabled' }]],
    ['active', [{ state: 'due', reason: null }]],
  ])(
    'to a destination that is %s are made so that they can be recovered, or not at all',
    async (status, made) => {
      const { account, hook } = await withBoth();
      await app.database.execute(`update destination set status = $2 where id = $1`, [hook.id, status]);
      const [range] = await steps.planned(10);
      await steps.fanOut(range!);
      const there = (await deliveriesOf(app, account)).filter((one) => one.destinationId === hook.id);
      expect(there.map(({ state, reason }) => ({ state, reason }))).toEqual(made);
    },
  );
});

it("shows and acknowledges none of somebody else's alerts, and keeps the first time", async () => {
  const [account, other] = await steps.followers(2);
  const [range] = await steps.planned(10);
  await steps.fanOut(range!);
  const [{ alert }] = await alertsOf(app, account!);
  const id = alert.id as AlertId;
  const acknowledge = async (who: TestAccount) =>
    acknowledgeAlert(app.database, who.id as AccountId, id, app.clock.now(), null);
  const acknowledged = async () =>
    app.database.query(
      `select account_id as account, acknowledged_at as at from alert where revision_id = $1 order by account_id`,
      [range!.revisionId],
    );
  const nobody = [
    { account: account!.id, at: null },
    { account: other!.id, at: null },
  ];
  expect(await findAlert(app.database, other!.id as AccountId, id)).toBeNull();
  expect(await acknowledge(other!)).toBeNull();
  expect(await acknowledged()).toEqual(nobody);
  const at = app.clock.now();
  expect(await acknowledge(account!)).toBe(true);
  app.clock.advance(5);
  expect(await acknowledge(account!)).toBe(false);
  expect(await acknowledged()).toEqual([{ account: account!.id, at }, nobody[1]]);
});
