import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Overview } from '../../src/operator/overview-view.js';
import { startApp, type TestApp } from '../support/app.js';
import { anEvent, side } from '../archive/an-event.js';
import { postBatch } from '../archive/post-batch.js';

let app: TestApp;
let destinationId: string;
let account: { id: string; token: string };

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
  await app.database.execute('delete from delivery_attempt');
});

const read = async () => {
  const { status, body } = await app.call('GET', '/v1/operator/overview', { token: app.operatorToken });
  expect(status).toBe(200);
  expect(Overview.parse(body)).toEqual(body);
  return body as Overview;
};

const secondsFromNow = (seconds: number) => new Date(app.clock.now().getTime() + seconds * 1_000);

async function deliver(state: string, dueInSeconds: number): Promise<void> {
  await app.database.execute(
    `insert into delivery (account_id, destination_id, kind, lane, state, due_at, created_at)
     values ($1, $2, 'test', $3, $4, $5, $6)`,
    [account.id, destinationId, lane, state, secondsFromNow(dueInSeconds), app.clock.now()],
  );
}

async function attempt(outcome: string, secondsAgo: number): Promise<void> {
  await app.database.execute(
    `insert into delivery_attempt (delivery_id, at, outcome, ms) values (1, $1, $2, 5)`,
    [secondsFromNow(-secondsAgo), outcome],
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

  it('says 0 seconds when the next one is due later', async () => {
    await deliver('due', 600);
    expect((await read()).queue[lane]).toMatchObject({ due: 1, oldestDueSeconds: 0 });
  });
});

describe('the rates', () => {
  it('count attempts of the last hour', async () => {
    for (const secondsAgo of [0, 3_599, 3_600]) {
      await attempt('delivered', secondsAgo);
      await attempt('retry', secondsAgo);
      await attempt('permanent', secondsAgo);
    }
    expect((await read()).rates).toMatchObject({ deliveredPerHour: 2, failedAttemptsPerHour: 4 });
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

describe('suppressed changes', () => {
  it('are those of the last day, each under one reason', async () => {
    app.clock.advance(25 * 3_600);
    expect((await read()).suppressed).toEqual({ silent: 0, late: 0, cosmetic: 0, unmatched: 0 });
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
    expect(early).toEqual({ silent: 2, late: 1, cosmetic: 1, unmatched: 0 });
    await app.work();
    expect((await read()).suppressed).toEqual({ ...early, unmatched: 1 });
    app.clock.advance(24 * 3_600 + 1);
    expect((await read()).suppressed).toEqual({ silent: 0, late: 0, cosmetic: 0, unmatched: 0 });
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
