import type { QueryRunner } from 'typeorm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Confirmation1796515200000 } from '../../migrations/1796515200000-confirmation.js';
import { mailboxKey } from '../../src/domain/mailbox.js';
import { startApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeEach(async () => {
  app = await startApp();
});
afterEach(async () => app.stop());

it('keeps what goes to a mailbox together when it is undone and done again', async () => {
  const email = '"ada"@bücher.example';
  await app.createAccount({ email });
  await app.createAccount({ email: 'Plain@example.net' });
  const addresses = async () =>
    app.database.query(`select settings ->> 'address' as address,
      coalesce(mailbox, lower(settings ->> 'address')) as key from destination order by id`);
  const plain = { address: 'Plain@example.net', key: 'plain@example.net' };
  const key = mailboxKey(email);
  expect(await addresses()).toEqual([{ address: email, key }, plain]);

  const runner = { query: async (sql: string) => app.database.query(sql) } as unknown as QueryRunner;
  const migration = new Confirmation1796515200000();
  await migration.down(runner);
  await migration.up(runner);
  expect(await addresses()).toEqual([{ address: key, key }, plain]);
});
