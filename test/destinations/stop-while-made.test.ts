import { afterAll, beforeAll, expect, it } from 'vitest';
import { lockAccount } from '../../src/accounts/account-lock.js';
import { DestinationService } from '../../src/destinations/destination.service.js';
import { insertDestination } from '../../src/destinations/destination.store.js';
import type { AccountId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

it('stops a destination too that is being made while the reader stops all mail', async () => {
  const account = await app.createAccount();
  const accountId = account.id as AccountId;
  const read = async () => (await app.call('GET', '/v1/destinations', { token: account.token })).body.items;
  const [{ id }] = await read();

  // As in `create`, up to where it would commit.
  let stopping: Promise<unknown> = Promise.resolve();
  await app.database.transaction(async (tx) => {
    await lockAccount(tx, accountId);
    const made = {
      kind: 'email',
      label: null,
      status: 'active',
      settings: { address: account.email },
    } as const;
    await insertDestination(tx, accountId, made, app.clock.now());
    const of = { accountId, destinationId: id as DestinationId };
    stopping = app.app.get(DestinationService).unsubscribeAll(of);
    await Promise.race([stopping, new Promise((resolve) => setTimeout(resolve, 500))]);
  });
  await stopping;

  const stopped = { status: 'paused', reason: 'unsubscribed' };
  expect(await read()).toMatchObject([stopped, stopped]);
});
