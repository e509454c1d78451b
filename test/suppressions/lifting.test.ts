import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DestinationService } from '../../src/destinations/destination.service.js';
import type { AccountId } from '../../src/domain/ids.js';
import type { Answer } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { complaint, postfixBounce } from './a-bounce.js';
import { as, gone, startStage, type Stage } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await startStage();
});
afterEach(async () => stage.stop());

describe('a complaint', () => {
  it('is lifted by the operator alone', async () => {
    const mail = await stage.alertMail();
    expect((await stage.report(complaint(mail))).body).toEqual({ findings: 1, suppressed: 1 });
    const [item] = await stage.listOf(stage.owner);
    expect(item).toMatchObject({
      reason: 'complaint',
      liftable: false,
      detail: 'its reader reported our mail as spam',
    });
    expect((await stage.lift(stage.owner, item.id)).status).toBe(403);
    const operator = { token: stage.app.operatorToken };
    const path = '/v1/operator/suppressions';
    expect((await stage.app.call('GET', path, as(stage.owner))).status).toBe(403);
    const all = (await stage.app.call('GET', path, operator)).body.items;
    expect(all).toMatchObject([{ reason: 'complaint' }]);
    const search = { ...operator, body: { address: gone.toUpperCase() } };
    expect((await stage.app.call('POST', `${path}/search`, search)).body.items).toEqual(all);
    expect((await stage.app.call('DELETE', `${path}/${all[0].id}`, operator)).status).toBe(204);
    expect((await stage.app.call('DELETE', `${path}/${all[0].id}`, operator)).status).toBe(404);
    expect(await stage.listOf(stage.owner)).toEqual([]);
    const [{ id }] = await stage.destinationsOf(stage.owner);
    const enabled = await stage.app.call('POST', `/v1/destinations/${id}/enable`, as(stage.owner));
    expect(enabled.body).toMatchObject({ status: 'active' });
  });

  it('keeps a bounce from being lifted while a complaint stands', async () => {
    const mail = await stage.alertMail();
    await stage.report(complaint(mail));
    await stage.report(postfixBounce(mail));
    const items = await stage.listOf(stage.owner);
    expect(items.map(({ reason, liftable }) => [reason, liftable])).toEqual([
      ['bounce', false],
      ['complaint', false],
    ]);
    expect((await stage.lift(stage.owner, items[0].id)).status).toBe(403);
  });
});

describe('an unsubscription', () => {
  it('stands in the list, and takes a new confirmation from the reader unless it is the owner', async () => {
    const rich = await stage.app.createAccount({ tier: 'professional' });
    const id = await stage.addConfirmed(rich, 'reader@example.org');
    const since = stage.app.clock.now().toISOString();
    for (const one of await stage.destinationsOf(rich)) {
      await stage.app.app
        .get(DestinationService)
        .unsubscribeAll({ accountId: rich.id as AccountId, destinationId: one.id });
    }
    stage.app.clock.advance(60);
    const items = await stage.listOf(rich);
    expect(items).toMatchObject([
      { reason: 'unsubscribe', address: rich.email, liftable: true, at: since },
      { reason: 'unsubscribe', address: 'reader@example.org', liftable: true, at: since },
    ]);
    const firstPage = (await stage.app.call('GET', '/v1/suppressions?limit=1', as(rich))).body;
    const nextPage = await stage.app.call(
      'GET',
      `/v1/suppressions?limit=1&cursor=${firstPage.nextCursor}`,
      as(rich),
    );
    expect([...firstPage.items, ...nextPage.body.items]).toEqual(items);
    for (const item of items) expect((await stage.lift(rich, item.id)).status).toBe(204);
    expect(await stage.destinationsOf(rich)).toMatchObject([{ status: 'active' }, { id, status: 'pending' }]);
    expect(await stage.listOf(rich)).toEqual([]);
  });

  it('outlasts a bounce that is lifted', async () => {
    const mail = await stage.alertMail();
    await stage.app.database.execute(`update destination set status = 'paused', reason = 'unsubscribed'`);
    await stage.report(postfixBounce(mail));
    const items = await stage.listOf(stage.owner);
    expect(items.map(({ reason }) => reason)).toEqual(['bounce', 'unsubscribe']);
    expect((await stage.lift(stage.owner, items[1].id)).status).toBe(409);
    expect((await stage.lift(stage.owner, items[0].id)).status).toBe(204);
    expect(await stage.destinationsOf(stage.owner)).toMatchObject([
      { status: 'paused', reason: 'unsubscribed' },
    ]);
  });
});

describe('somebody who takes up an address', () => {
  it('waits for a report on it that is being taken in, and the other way round', async () => {
    const { app } = stage;
    const other = await app.createAccount({ tier: 'professional' });
    const mail = await stage.alertMail();
    // Whoever writes waits here, in the middle of its transaction.
    await app.database.execute(
      `create function wait_at_gate() returns trigger language plpgsql as
       $$ begin perform pg_advisory_xact_lock_shared(1); return new; end $$`,
    );
    const gateAt = async (table: string) =>
      app.database.execute(
        `create trigger gate_${table} before insert on ${table} for each row execute function wait_at_gate()`,
      );
    /** Has `first` stop in the middle, and `second` begin behind it. */
    const race = async (first: () => Promise<Answer>, second: () => Promise<Answer>) => {
      const both = await hold(app.database, 'select pg_advisory_xact_lock(1)', async () => {
        const one = first();
        await blocked(app.database, 1);
        const two = second();
        await Promise.race([blocked(app.database, 2), two]);
        return [one, two] as const;
      });
      return Promise.all(both);
    };
    const making = () => stage.add(other, gone);
    const reporting = () => stage.report(postfixBounce(mail));

    await gateAt('suppression');
    const [reported, refused] = await race(reporting, making);
    expect([reported.body.suppressed, refused.status]).toEqual([1, 409]);
    await app.database.execute('drop trigger gate_suppression on suppression');
    await app.database.execute('delete from suppression');

    await gateAt('destination');
    const [made, second] = await race(making, reporting);
    expect([made.status, second.body.suppressed]).toEqual([201, 1]);
    expect((await stage.destinationsOf(other))[1]).toMatchObject({ status: 'disabled' });
  });
});
