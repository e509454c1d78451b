import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { checkedEvent } from '../support/checks.js';
import { CoverageSteps } from '../support/coverage-steps.js';
import { provisionEvent } from '../support/events.js';
import { watch, webhookTo } from '../support/watching.js';

let app: TestApp;
let account: TestAccount;
let steps: CoverageSteps;
beforeEach(async () => {
  app = await startApp();
  account = await app.createAccount();
  steps = new CoverageSteps(app);
});
afterEach(async () => app.stop());

describe('those who hear of it', () => {
  beforeEach(async () => {
    await steps.post(provisionEvent({ time: app.clock.now().toISOString(), clauseType: 'liability' }));
    await steps.check();
  });

  it.each([
    ['document', 'acme-terms', 1],
    ['entity', 'acme', 1],
    ['provision', 'acme-terms-1', 1],
    ['everything', '*', 1],
    ['clause-type', 'liability', 0],
    ['category', 'liability', 0],
    ['document', 'other', 0],
    ['provision', 'acme-terms-2', 0],
  ])('follow its %s %s: %i', async (kind, key, count) => {
    await watch(app, account, [[kind, key]]);
    // Somebody has to follow it, or there is no notice at all.
    const other = await app.createAccount();
    await watch(app, other, [['document', 'acme-terms']]);
    await steps.lose();
    expect(await steps.told(account)).toHaveLength(count);
    expect(await steps.told(other)).toHaveLength(1);
  });

  it('have each destination told once, however many watchlists lead there, of any cadence and rule', async () => {
    const hook = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
    const { items } = (await app.call('GET', '/v1/destinations', { token: account.token })).body;
    const destinationIds = items.map(({ id }: { id: string }) => id);
    await watch(app, account, [['document', 'acme-terms']], { destinationIds, cadence: { mode: 'hourly' } });
    await watch(app, account, [['entity', 'acme']], {
      destinationIds: [hook.id],
      rule: { minSeverity: 'high' },
    });
    await steps.lose();
    const lanes: string[] = (await steps.told(account)).map(({ lane }) => lane);
    expect(lanes.toSorted()).toEqual(['email', 'webhook']);
  });

  it('have it by their own address in the free tier', async () => {
    const free = await app.createAccount({ tier: 'free' });
    await watch(app, free, [['document', 'acme-terms']]);
    await steps.lose();
    expect((await steps.told(free)).map(({ lane }) => lane)).toEqual(['email']);
    await app.database.execute(
      `update destination set settings = '{"address": "other@example.org"}' where account_id = $1`,
      [free.id],
    );
    await steps.check();
    await steps.look();
    await steps.lose();
    expect((await steps.told(free)).filter((one) => one.about === 'lost')).toHaveLength(1);
  });

  it.each(['paused', 'disabled', 'pending'])('do not have it where the destination is %s', async (status) => {
    await watch(app, account, [['document', 'acme-terms']]);
    await app.database.execute('update destination set status = $1', [status]);
    await steps.lose();
    expect(await steps.told(account)).toEqual([]);
  });

  it('have not muted it', async () => {
    await watch(app, account, [['everything', '*']]);
    await app.call('PUT', '/v1/mutes/document/acme-terms', { token: account.token });
    await steps.lose();
    expect(await steps.told(account)).toEqual([]);
  });

  it('have not put the watchlist to sleep, before it was lost or before they are told', async () => {
    const list = await watch(app, account, [['document', 'acme-terms']]);
    const other = await app.createAccount();
    const later = await watch(app, other, [['entity', 'acme']]);
    const snooze = async (who: TestAccount, id: string) => {
      const snoozedUntil = new Date(app.clock.now().getTime() + 30 * 86_400_000).toISOString();
      const body = { snoozedUntil };
      const { status } = await app.call('PATCH', `/v1/watchlists/${id}`, { token: who.token, body });
      expect(status).toBe(200);
    };
    await snooze(account, list);
    await steps.lose();
    expect(await steps.told(account)).toEqual([]);
    await snooze(other, later);
    await app.work();
    expect(await steps.told(other)).toMatchObject([
      { state: 'cancelled', reason: 'no watchlist that is awake follows it' },
    ]);
  });

  it('are nobody when nobody follows it: it is lost, and back, without a word', async () => {
    await steps.lose();
    const lost = async () =>
      (await app.call('GET', '/v1/operator/overview', { token: app.operatorToken })).body.lostDocuments;
    expect(await lost()).toEqual({ unverified: 1, unreachable: 0 });
    await watch(app, account, [['everything', '*']]);
    await steps.check();
    await steps.look();
    expect(await lost()).toEqual({ unverified: 0, unreachable: 0 });
    expect(await steps.told(account)).toEqual([]);
    expect(await app.database.query('select id from coverage_notice')).toEqual([]);
  });

  it('hear that it is back where they were told that it was lost, whatever they follow by then', async () => {
    const list = await watch(app, account, [['provision', 'acme-terms-1']]);
    const late = await app.createAccount();
    await steps.lose();
    await steps.delivered();
    await watch(app, late, [['document', 'acme-terms']]);
    await app.call('DELETE', `/v1/watchlists/${list}`, { token: account.token });
    await steps.check();
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified', 'back unverified']);
    expect(await steps.told(late)).toEqual([]);
  });

  it('do not hear that it is back where the loss was never told', async () => {
    await watch(app, account, [['document', 'acme-terms']]);
    await steps.lose();
    await app.database.execute(`update delivery set state = 'cancelled', parcel_id = null`);
    await steps.check();
    await steps.look();
    expect(await steps.about(account)).toEqual(['lost unverified']);
  });

  it('get no more than a mailbox bears in an hour when a whole archive falls silent; programs get each', async () => {
    const hook = await webhookTo(app, account, 'http://127.0.0.1:9009/never-called');
    const { items } = (await app.call('GET', '/v1/destinations', { token: account.token })).body;
    await watch(app, account, [['everything', '*']], {
      destinationIds: [hook.id, ...items.map(({ id }: { id: string }) => id)],
    });
    await steps.post(
      ...Array.from({ length: 24 }, (_, n) => checkedEvent({ document: `many-${n}`, time: app.clock.now() })),
    );
    await steps.lose();
    const [row] = await app.database.query<Record<string, number>>(
      `select count(*) filter (where lane = 'email' and state = 'due')::integer as mailed,
         count(*) filter (where lane = 'email' and reason like 'more than 20 %')::integer as cancelled,
         count(*) filter (where lane = 'webhook' and state = 'due')::integer as called
       from delivery where kind = 'coverage'`,
    );
    expect(row).toEqual({ mailed: 20, cancelled: 5, called: 25 });
  });

  it('is erased with its account', async () => {
    await watch(app, account, [['document', 'acme-terms']]);
    await steps.lose();
    expect(await steps.told(account)).toHaveLength(1);
    await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
    expect(await app.database.query(`select id from delivery`)).toEqual([]);
    await steps.check();
    await steps.look();
    expect(await app.database.query(`select id from delivery`)).toEqual([]);
  });
});
