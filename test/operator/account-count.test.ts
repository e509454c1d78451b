import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

const kept = `select tier, accounts::integer as accounts from account_count where accounts <> 0 order by tier`;
const counted = `select tier, count(*)::integer as accounts from account group by tier order by tier`;

it('counts accounts of each tier as they come, change and go', async () => {
  const account = await app.createAccount({ tier: 'professional' });
  await app.createAccount({ tier: 'free' });
  const agree = async () => expect(await app.database.query(kept)).toEqual(await app.database.query(counted));
  await agree();
  await app.database.execute(`update account set tier = 'watcher' where id = $1`, [account.id]);
  await agree();
  await app.database.execute(`delete from account where tier = 'free'`);
  await agree();
});
