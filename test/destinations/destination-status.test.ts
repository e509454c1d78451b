import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressDigest } from '../../src/platform/address-digest.js';
import { ConfirmationService } from '../../src/destinations/confirmation.service.js';
import { DestinationService } from '../../src/destinations/destination.service.js';
import type { AccountId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';

let app: TestApp;
let account: TestAccount;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  account = await app.createAccount({ tier: 'watcher' });
});
afterAll(async () => app.stop());

function call(method: string, path: string, body?: unknown) {
  return app.call(method, path, { token: account.token, body });
}

async function webhook(): Promise<DestinationId> {
  const settings = { url: 'https://hooks.example.org/' };
  return (await call('POST', '/v1/destinations', { kind: 'webhook', settings })).body.id;
}

async function email(address: string): Promise<DestinationId> {
  return (await call('POST', '/v1/destinations', { kind: 'email', settings: { address } })).body.id;
}

async function stateOf(id: DestinationId): Promise<{ status: string; reason: string | null }> {
  const { status, reason } = (await call('GET', `/v1/destinations/${id}`)).body;
  return { status, reason };
}

async function disable(id: DestinationId): Promise<void> {
  await app.database.execute(
    `update destination set status = 'disabled', reason = 'it answered 410' where id = $1`,
    [id],
  );
}

/** Alerts whose deliveries died, made at these times. */
async function missedAlerts(id: DestinationId, times: readonly string[]): Promise<void> {
  await app.database.execute(
    `insert into entity (id, name, updated_at) values ('e', 'E', now()) on conflict do nothing`,
  );
  await app.database.execute(
    `insert into document (id, entity_id, title, updated_at) values ('d', 'e', 'D', now()) on conflict do nothing`,
  );
  for (const time of times) {
    await app.database.execute(
      `with r as (insert into revision (source, document_id, entity_id) values ('s', 'd', 'e') returning id),
       a as (insert into alert (revision_id, account_id, change_ids, watchlist_ids, created_at)
         select id, $1, '{}', '{}', $3 from r returning id)
       insert into delivery (account_id, alert_id, destination_id, lane, state, due_at, created_at, died_at)
       select $1, id, $2, 'webhook', 'dead', $3, $3, $3 from a`,
      [account.id, id, time],
    );
  }
}

/** As whoever holds the link that was sent to the address. @returns whether anything works there then */
async function confirm(address: string): Promise<boolean> {
  const confirmations = app.app.get(ConfirmationService);
  const found = await confirmations.confirm(account.id as AccountId, addressDigest(address));
  return (found?.active ?? 0) > 0;
}

describe('pausing and enabling', () => {
  it('pauses, and goes back to work either way', async () => {
    const id = await webhook();
    const path = `/v1/destinations/${id}`;

    expect((await call('PATCH', path, { status: 'paused' })).body).toMatchObject({ status: 'paused' });
    expect((await call('PATCH', path, { status: 'active' })).body).toMatchObject({ status: 'active' });
    await call('PATCH', path, { status: 'paused' });
    expect((await call('POST', `${path}/enable`)).body).toMatchObject({ status: 'active' });
    expect((await call('POST', `${path}/enable`)).status).toBe(200);
  });

  it('enables what was disabled, and forgets why', async () => {
    const id = await webhook();
    await disable(id);
    expect(await stateOf(id)).toEqual({ status: 'disabled', reason: 'it answered 410' });

    const { status, body } = await call('POST', `/v1/destinations/${id}/enable`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'active', reason: null });
  });

  it('does not pause what is disabled: the reason would be lost', async () => {
    const id = await webhook();
    await disable(id);

    const { status } = await call('PATCH', `/v1/destinations/${id}`, { status: 'paused' });

    expect(status).toBe(409);
    expect(await stateOf(id)).toEqual({ status: 'disabled', reason: 'it answered 410' });
  });

  it('lets nobody put to work what waits to be confirmed', async () => {
    const id = await email('colleague@example.org');
    const path = `/v1/destinations/${id}`;

    const answers = [
      await call('POST', `${path}/enable`),
      await call('PATCH', path, { status: 'active' }),
      await call('PATCH', path, { status: 'paused' }),
    ];

    for (const { status, body } of answers) {
      expect(status).toBe(409);
      expect(body.detail).toContain('confirm');
    }
    expect(await stateOf(id)).toMatchObject({ status: 'pending' });
  });
});

describe('a test message and recovering', () => {
  it('puts a test on its way', async () => {
    const id = await webhook();

    const { status, body } = await call('POST', `/v1/destinations/${id}/test`);

    expect(status).toBe(202);
    expect((await call('GET', `/v1/deliveries/${body.deliveryId}`)).body).toMatchObject({
      destinationId: id,
      kind: 'test',
      lane: 'webhook',
      state: 'due',
    });
  });

  it('sends again what was missed since a time', async () => {
    const id = await webhook();
    await missedAlerts(id, ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']);

    const { status, body } = await call('POST', `/v1/destinations/${id}/recover`, {
      since: '2026-02-01T02:00:00+02:00',
    });

    expect(status).toBe(202);
    expect(body).toEqual({ recovered: 2 });
  });

  it.each([
    {},
    { since: 'yesterday' },
    { since: '2026-02-01' },
    { since: '2026-01-01T00:00:00Z', all: true },
  ])('refuses to recover %j', async (body) => {
    expect((await call('POST', `/v1/destinations/${await webhook()}/recover`, body)).status).toBe(422);
  });

  it('does neither, but names the remedy, while the destination is not at work', async () => {
    const pending = await email('colleague@example.org');
    const paused = await webhook();
    await call('PATCH', `/v1/destinations/${paused}`, { status: 'paused' });
    const disabled = await webhook();
    await disable(disabled);

    for (const [id, remedy] of [
      [pending, 'link'],
      [paused, 'enable'],
      [disabled, 'enable'],
    ] as const) {
      const test = await call('POST', `/v1/destinations/${id}/test`);
      const since = '2026-01-01T00:00:00Z';
      const recovered = await call('POST', `/v1/destinations/${id}/recover`, { since });
      expect([test.status, recovered.status]).toEqual([409, 409]);
      expect(test.body.detail).toContain(remedy);
    }
  });
});

describe('confirming', () => {
  it('puts the destination to work, as often as the link is opened', async () => {
    const id = await email('Colleague@example.org');

    expect(await confirm('colleague@example.org')).toBe(true);
    expect(await confirm('colleague@example.org')).toBe(true);
    expect(await stateOf(id)).toEqual({ status: 'active', reason: null });
  });

  it('does not confirm an address by the link that another one was sent', async () => {
    const id = await email('mine@example.org');
    await call('PATCH', `/v1/destinations/${id}`, { settings: { address: 'victim@example.org' } });

    expect(await confirm('mine@example.org')).toBe(false);
    expect(await stateOf(id)).toMatchObject({ status: 'pending' });
    expect(await confirm('victim@example.org')).toBe(true);
  });

  it('wakes nothing that is paused or disabled by an old link', async () => {
    const id = await email('colleague@example.org');
    await confirm('colleague@example.org');
    await disable(id);

    expect(await confirm('colleague@example.org')).toBe(false);
    expect(await stateOf(id)).toMatchObject({ status: 'disabled' });
  });

  it('says so when the destination is gone', async () => {
    expect(await confirm('a@example.org')).toBe(false);
  });
});

describe('unsubscribing', () => {
  it('takes the destination off the watchlists that are named, and off no others', async () => {
    const id = await webhook();
    const lists: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      lists.push((await call('POST', '/v1/watchlists', { name, destinationIds: [id] })).body.id);
    }
    const of = {
      accountId: account.id as AccountId,
      destinationId: id,
      watchlistIds: [lists[0] ?? '', lists[1] ?? '', 'no id', '999999'],
    };

    expect(await app.app.get(DestinationService).unsubscribe(of)).toBe(2);
    expect(await app.app.get(DestinationService).unsubscribe(of)).toBe(0);

    const { items } = (await call('GET', '/v1/watchlists')).body;
    expect(items.map((item: { destinationIds: string[] }) => item.destinationIds)).toEqual([[], [], [id]]);
  });

  it("touches nothing in another account's name", async () => {
    const id = await webhook();
    const list = await call('POST', '/v1/watchlists', { name: 'a', destinationIds: [id] });
    const stranger = (await app.createAccount()).id as AccountId;
    const destinations = app.app.get(DestinationService);

    const watchlistIds = [list.body.id as string];
    expect(await destinations.unsubscribe({ accountId: stranger, destinationId: id, watchlistIds })).toBe(0);
    await destinations.unsubscribeAll({ accountId: stranger, destinationId: id });
    expect(await stateOf(id)).toEqual({ status: 'active', reason: null });
  });

  it('pauses the destination with the reason, once', async () => {
    const id = await webhook();
    const destinations = app.app.get(DestinationService);

    await destinations.unsubscribeAll({ accountId: account.id as AccountId, destinationId: id });
    await destinations.unsubscribeAll({ accountId: account.id as AccountId, destinationId: id });
    expect(await stateOf(id)).toEqual({ status: 'paused', reason: 'unsubscribed' });
  });
});
