import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replayDelivery } from '../../src/deliveries/delivery-log.store.js';
import { DeliveryQueue } from '../../src/deliveries/delivery-queue.js';
import { leaseDue, recordEndings, releaseLeases, type Ending } from '../../src/deliveries/delivery.store.js';
import { OutcomeRecorder } from '../../src/deliveries/outcome-recorder.js';
import type { AccountId, DeliveryId, DestinationId } from '../../src/domain/ids.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { hold } from '../support/database-locks.js';
import { provisionEvent } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let destination: { id: DestinationId };
let lane: string;
let lanes = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  lane = `lane-${++lanes}`;
  account = await app.createAccount();
  destination = await webhookTo(app, account, 'http://127.0.0.1:9/never-called');
});

/** Puts due deliveries on the lane of this test. @returns their ids */
const due = async (count: number) => {
  const rows = await app.database.query<{ id: DeliveryId }>(
    `insert into delivery (account_id, destination_id, kind, lane, due_at, created_at)
     select $1, $2, 'test', $3, $4, $4 from generate_series(1, $5::integer) returning id`,
    [account.id, destination.id, lane, app.clock.now(), count],
  );
  return rows.map(({ id }) => id);
};
const lease = async (claim: string, limit = 100) =>
  leaseDue(app.database, { lane, now: app.clock.now(), limit, claim, leaseMs: 60_000 });
const rows = async (ids: readonly string[]) =>
  app.database.query(
    `select id, state, tries, due_at as "dueAt", claim_id as claim from delivery where id = any($1) order by id`,
    [ids],
  );
const ending = (id: DeliveryId, claim: string, more: Partial<Ending> = {}): Ending => ({
  id,
  claim,
  state: 'delivered',
  dueAt: null,
  reason: null,
  at: app.clock.now(),
  endedAt: app.clock.now(),
  outcome: 'delivered',
  status: 200,
  ms: 1,
  excerpt: null,
  disable: null,
  ...more,
});
const attemptsOf = async (id: string) =>
  app.database.query(`select outcome, status from delivery_attempt where delivery_id = $1`, [id]);
const statusOfDestination = async () =>
  (await app.call('GET', `/v1/destinations/${destination.id}`, { token: account.token })).body.status;

describe('claims', () => {
  it('never overlap and leave nothing out, however many are made at once', async () => {
    const ids = await due(60);
    for (let round = 0; round < 25; round++) {
      const claims = Array.from({ length: 6 }, () => randomUUID());
      const leased = await Promise.all(claims.map(async (claim) => lease(claim, 10)));
      expect(leased.flat().toSorted()).toEqual(ids.toSorted());
      const holders = new Map(leased.flatMap((some, n) => some.map((id) => [id, claims[n]])));
      const kept = (await rows(ids)) as { id: string; claim: string }[];
      expect(kept.map(({ id, claim }) => [id, claim])).toEqual(ids.map((id) => [id, holders.get(id)]));
      app.clock.advance(61);
    }
  });

  it('pass over what somebody else is claiming, without waiting for it', async () => {
    const ids = await due(6);
    const others = `select from delivery where id in (${ids.slice(0, 3).join()}) for update`;
    const leased = await hold(app.database, others, async () => lease(randomUUID(), 4));
    expect(leased.toSorted()).toEqual(ids.slice(3).toSorted());
  });

  it('take what is due on their lane, the longest due first', async () => {
    const [late] = await due(1);
    app.clock.advance(1);
    const [later] = await due(1);
    app.clock.advance(-2);
    expect(await lease(randomUUID(), 1)).toEqual([]);
    app.clock.advance(2);
    expect(await lease(randomUUID(), 1)).toEqual([late]);
    lane = 'another';
    expect(await lease(randomUUID(), 1)).toEqual([]);
    lane = `lane-${lanes}`;
    expect(await lease(randomUUID(), 1)).toEqual([later]);
  });
});

describe('a claim that is given back', () => {
  it('leaves the delivery due at once, as if it had never been tried', async () => {
    const ids = await due(2);
    const claim = randomUUID();
    await lease(claim);
    app.clock.advance(5);
    await releaseLeases(app.database, ids, [claim, claim], app.clock.now());
    const back = { state: 'due', tries: 0, dueAt: app.clock.now(), claim: null };
    expect(await rows(ids)).toEqual(ids.map((id) => ({ id, ...back })));
  });

  it('stays with whoever took it over', async () => {
    const ids = await due(1);
    const [lost, held] = [randomUUID(), randomUUID()];
    await lease(lost);
    app.clock.advance(61);
    await lease(held);
    const before = await rows(ids);
    await releaseLeases(app.database, ids, [lost], app.clock.now());
    expect(await rows(ids)).toEqual(before);
    expect(before).toMatchObject([{ state: 'leased', tries: 2, claim: held }]);
  });
});

describe('endings', () => {
  it.each([
    ['before', (lost: Ending, held: Ending) => [lost, held]],
    ['after', (lost: Ending, held: Ending) => [held, lost]],
  ])(
    'of a lost claim log nothing and disable nothing, %s that of its holder in one batch',
    async (_where, inOrder) => {
      const [id] = await due(1);
      const [lost, held] = [randomUUID(), randomUUID()];
      await lease(lost);
      app.clock.advance(61);
      await lease(held);
      const gone = { state: 'dead', reason: 'gone', outcome: 'permanent', status: 410 } as const;
      const batch = inOrder(
        ending(id!, lost, { ...gone, disable: destination.id }),
        ending(id!, held, { status: 204 }),
      );
      await app.database.transaction(async (tx) => recordEndings(tx, batch));
      expect(await rows([id!])).toMatchObject([{ state: 'delivered', claim: null }]);
      expect(await attemptsOf(id!)).toEqual([{ outcome: 'delivered', status: 204 }]);
      expect(await statusOfDestination()).toBe('active');
    },
  );

  it('of a holder disable the destination', async () => {
    const [id] = await due(1);
    const claim = randomUUID();
    await lease(claim);
    const gone = ending(id!, claim, { state: 'dead', reason: 'gone', disable: destination.id });
    await app.database.transaction(async (tx) => recordEndings(tx, [gone]));
    expect(await statusOfDestination()).toBe('disabled');
  });

  it('are recorded though one of their batch is refused', async () => {
    const ids = await due(5);
    const claim = randomUUID();
    await lease(claim);
    const recorder = new OutcomeRecorder(app.database);
    const results = await Promise.allSettled(
      ids.map(async (id, n) =>
        // Half a surrogate pair is no text to PostgreSQL.
        recorder.record(ending(id, claim, { excerpt: n === 2 ? 'cut \ud83d' : 'whole' })),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(
      ids.map((_, n) => (n === 2 ? 'rejected' : 'fulfilled')),
    );
    const states = (await rows(ids)).map((row: any) => row.state);
    expect(states).toEqual(ids.map((_, n) => (n === 2 ? 'leased' : 'delivered')));
    expect(await recorder.record(ending(ids[2]!, claim))).toBe(true);
  });
});

describe('sending again', () => {
  const accountId = (of: TestAccount) => of.id as AccountId;
  const ended = async (state: 'dead' | 'delivered' | 'cancelled') => {
    const entity = `ended-${lanes}`;
    await watch(app, account, [['entity', entity]], { destinationIds: [destination.id] });
    await app.postEvents([provisionEvent({ entity })]);
    await app.work();
    const [{ id }] = await deliveriesOf(app, account);
    await app.database.execute(`update delivery set state = $2 where id = $1`, [id, state]);
    return id as DeliveryId;
  };
  const recover = async (who: TestAccount, where: DestinationId, since: Date) =>
    app.app.get(DeliveryQueue).recover(accountId(who), where, 'webhook', since);

  it("replays none of somebody else's", async () => {
    const [id, other] = [await ended('delivered'), await app.createAccount()];
    const before = await rows([id]);
    const replay = async (who: TestAccount) =>
      app.database.transaction(async (tx) => replayDelivery(tx, accountId(who), id, app.clock.now()));
    expect(await replay(other)).toBeNull();
    expect(await rows([id])).toEqual(before);
    expect(await replay(account)).toBe('webhook');
    expect(await rows([id])).toMatchObject([{ state: 'due', tries: 0 }]);
    expect(await replay(account)).toBeNull();
  });

  it("recovers none of somebody else's, of another destination, or of before", async () => {
    const since = app.clock.now();
    const [id, other] = [await ended('dead'), await app.createAccount()];
    const elsewhere = await webhookTo(app, account, 'http://127.0.0.1:9/elsewhere');
    const before = await rows([id]);
    expect(await recover(other, destination.id, since)).toBe(0);
    expect(await recover(account, elsewhere.id, since)).toBe(0);
    expect(await recover(account, destination.id, new Date(since.getTime() + 1))).toBe(0);
    expect(await rows([id])).toEqual(before);
    expect(await recover(account, destination.id, since)).toBe(1);
  });

  it('recovers alerts that were missed: nothing that arrived, and no test', async () => {
    const since = app.clock.now();
    await ended('delivered');
    await app.database.execute(`update delivery set state = 'dead' where id = any($1)`, [await due(1)]);
    expect(await recover(account, destination.id, since)).toBe(0);
  });
});
