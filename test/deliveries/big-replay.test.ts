import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { webhookTo } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let hook: { id: string };

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  account = await app.createAccount();
  hook = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
});

const replay = async (body: unknown) =>
  app.call('POST', '/v1/deliveries/replay', { token: account.token, body });

describe('a big replay', () => {
  const made = async (count: number, apart: number) => {
    const [row] = await app.database.query<{ first: string }>(
      `with made as (
         insert into alert (revision_id, account_id, change_ids, watchlist_ids, created_at)
         select -n, $1, '{}', '{}', $3 from generate_series(1, $4::integer) n returning id
       ), sent as (
         insert into delivery (id, account_id, alert_id, destination_id, lane, state, due_at, created_at, died_at)
         overriding system value
         select (select last_value from delivery_id_seq) + (row_number() over ()) * $5::integer, $1, id, $2, 'webhook', 'dead',
           $3, $3, $3 from made returning id
       )
       select min(id) as first, setval('delivery_id_seq', max(id)) from sent`,
      [account.id, hook.id, app.clock.now(), count, apart],
    );
    return row!.first;
  };
  const held = async () =>
    app.database.query<{ parcels: number; bulk: number; deliveries: number }>(
      `select count(distinct p.id)::integer as parcels, count(distinct p.id) filter (where p.bulk)::integer as bulk,
         count(*)::integer as deliveries
       from parcel p join delivery d on d.parcel_id = p.id and d.id between p.first_id and p.last_id and d.lane = p.lane
       where d.account_id = $1`,
      [account.id],
    );
  beforeEach(async () => {
    await app.database.execute('delete from parcel');
  });

  it('puts what lies close together into few parcels, which after the first are bulk', async () => {
    await made(5_000, 3);
    expect((await replay({ destination: hook.id })).body).toEqual({ replayed: 5_000, skipped: 0 });
    expect(await held()).toEqual([{ parcels: 3, bulk: 2, deliveries: 5_000 }]);
  });

  it('gives each a parcel of its own that lies alone', async () => {
    await made(2_500, 40);
    expect((await replay({ since: app.clock.now().toISOString() })).body).toEqual({
      replayed: 2_500,
      skipped: 0,
    });
    expect(await held()).toEqual([{ parcels: 2_500, bulk: 500, deliveries: 2_500 }]);
  });

  it('goes on with what is left when it was cut off, and makes nothing due twice', async () => {
    const first = await made(4_500, 1);
    const stuck = BigInt(first) + 2_500n;
    await app.database.execute(
      `alter table delivery add constraint refused check (id <> ${stuck} or state <> 'due') not valid`,
    );
    expect((await replay({ destination: hook.id })).status).toBe(500);
    expect(await held()).toMatchObject([{ deliveries: 2_000 }]);
    await app.database.execute(`alter table delivery drop constraint refused`);
    expect((await replay({ destination: hook.id })).body).toEqual({ replayed: 2_500, skipped: 0 });
    expect(await held()).toMatchObject([{ deliveries: 4_500 }]);
  });
});
