import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeRange } from '../../src/alerts/fan-out.store.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { parcelsOf } from '../support/due-deliveries.js';
import { provisionEvent } from '../support/events.js';
import { FanOutSteps } from '../support/fan-out-steps.js';
import { webhookTo } from '../support/watching.js';

let app: TestApp;
let steps: FanOutSteps;
let entities = 0;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(() => {
  steps = new FanOutSteps(app, `parcelled-${++entities}`);
});

describe('parcels', () => {
  const parcelOf = async (account: TestAccount) => {
    const [row] = await app.database.query<{ id: string; bulk: boolean; holds: boolean }>(
      `select p.id, p.bulk, d.id between p.first_id and p.last_id as holds
       from delivery d join parcel p on p.id = d.parcel_id and p.lane = d.lane where d.account_id = $1`,
      [account.id],
    );
    return row;
  };

  it('hold the deliveries of a range, and are bulk when the revision has several', async () => {
    const accounts = await steps.followers(4);
    const ranges = await steps.planned(2);
    for (const range of ranges) await steps.fanOut(range);
    const parcels = await Promise.all(accounts.map(parcelOf));
    expect(parcels).toMatchObject(accounts.map(() => ({ bulk: true, holds: true })));
    const [first, second, third, fourth] = parcels.map((parcel) => parcel?.id);
    expect([first === second, third === fourth, first === third]).toEqual([true, true, false]);
    await app.work();
    expect(await parcelsOf(app, 'email')).toEqual([]);
    await app.postEvents([provisionEvent({ entity: steps.entity, provision: `${steps.entity}-2` })]);
    await steps.plan(10);
    const range = await app.database.transaction(takeRange);
    await steps.fanOut(range!);
    expect(await parcelsOf(app, 'email')).toMatchObject([{ bulk: false }]);
    await app.work();
  });

  it('are of one lane, though the ids of another lie between', async () => {
    const accounts = await steps.followers(3);
    for (const account of accounts) {
      const hook = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
      await app.database.execute(
        `insert into watchlist_destination select id, $2 from watchlist where account_id = $1`,
        [account.id, hook.id],
      );
    }
    await steps.fanOut((await steps.planned(10))[0]!);
    const rows = await app.database.query<{ parcel: string; lane: string; inside: boolean }>(
      `select p.id as parcel, p.lane, d.lane = p.lane and d.id between p.first_id and p.last_id as inside
       from delivery d join parcel p on p.id = d.parcel_id where d.account_id = any ($1)`,
      [accounts.map(({ id }) => id)],
    );
    expect(rows).toHaveLength(6);
    expect(rows.every(({ inside }) => inside)).toBe(true);
    expect(new Set(rows.map(({ parcel }) => parcel)).size).toBe(2);
    await app.database.execute(`delete from parcel`);
  });

  it('are none of what goes to destinations that are not at work', async () => {
    const [account] = await steps.followers(1);
    await app.database.execute(`update destination set status = 'paused' where account_id = $1`, [
      account!.id,
    ]);
    expect(await steps.fanOut((await steps.planned(1))[0]!)).toMatchObject({ alerts: 1, lanes: [] });
    expect(await parcelOf(account!)).toBeUndefined();
    expect(await parcelsOf(app, 'email')).toEqual([]);
  });
});
