import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from './support/app.js';
import { provisionEvent, side } from './support/events.js';
import { visitor } from './support/visiting.js';
import { alertsOf, deliveriesOf, watch } from './support/watching.js';

describe('what belongs to another account', () => {
  let app: TestApp;
  let owner: TestAccount;
  let stranger: TestAccount;
  let alert: string;
  let delivery: string;
  let workspace: string;
  beforeAll(async () => {
    app = await startApp();
    [owner, stranger] = [await app.createAccount(), await app.createAccount()];
    await watch(app, owner, [['entity', 'mine']]);
    await app.postEvents([provisionEvent({ entity: 'mine' })]);
    await app.work();
    alert = (await alertsOf(app, owner))[0].alert.id;
    delivery = (await deliveriesOf(app, owner))[0].id;
    const [row] = await app.database.query<{ id: string }>(
      `insert into slack_workspace (account_id, team_id, team_name, status, installed_at)
       values ($1, 'T1', 'Mine', 'removed', now()) returning id`,
      [owner.id],
    );
    workspace = row?.id ?? '';
  });
  afterAll(async () => app.stop());

  it('is not in the lists', async () => {
    expect(await alertsOf(app, stranger)).toEqual([]);
    expect(await deliveriesOf(app, stranger)).toEqual([]);
    expect((await app.call('GET', '/v1/slack/workspaces', { token: stranger.token })).body.items).toEqual([]);
    expect(
      (await app.call('GET', `/v1/deliveries?alert=${alert}`, { token: stranger.token })).body.items,
    ).toEqual([]);
  });

  it.each([
    ['GET', '/v1/alerts/ALERT'],
    ['POST', '/v1/alerts/ALERT/acknowledge'],
    ['GET', '/v1/deliveries/DELIVERY'],
    ['POST', '/v1/deliveries/DELIVERY/replay'],
    ['GET', '/v1/slack/workspaces/WORKSPACE'],
    ['DELETE', '/v1/slack/workspaces/WORKSPACE'],
  ])('is not there for %s %s, nor is what was never there', async (method, path) => {
    const mine = path.replace('ALERT', alert).replace('DELIVERY', delivery).replace('WORKSPACE', workspace);
    const refused = await app.call(method, mine, { token: stranger.token });
    expect(refused.status).toBe(404);
    for (const id of ['999999999', '0', '-1', 'abc', '1e3', '99999999999999999999', '%00', '1%20']) {
      const unknown = await app.call(method, path.replace(/ALERT|DELIVERY|WORKSPACE/, id), {
        token: owner.token,
      });
      expect(unknown.status, id).toBe(404);
      expect(unknown.body, id).toEqual(refused.body);
    }
    expect((await app.call(method, mine, { token: owner.token })).status).toBeLessThan(300);
  });

  it('has no page for another account', async () => {
    const [mine, theirs] = await Promise.all([visitor(app, owner), visitor(app, stranger)]);
    for (const path of [`/alerts/${alert}`, `/deliveries/${delivery}`]) {
      expect((await mine.get(path)).status, path).toBe(200);
      expect((await theirs.get(path)).status, path).toBe(404);
    }
    const bulk = await app.call('POST', '/v1/alerts/acknowledge', {
      token: stranger.token,
      body: { ids: [alert] },
    });
    expect(bulk.body).toEqual({ acknowledged: 0 });
  });

  it('keeps the first time that an alert was acknowledged', async () => {
    const acknowledge = async () =>
      (await app.call('POST', `/v1/alerts/${alert}/acknowledge`, { token: owner.token })).body.acknowledgedAt;
    const first = await acknowledge();
    app.clock.advance(60);
    expect(await acknowledge()).toBe(first);
  });

  it('refuses a cursor of another list', async () => {
    await app.postEvents([provisionEvent({ entity: 'mine', provision: 'mine-2' })]);
    await app.work();
    const page = await app.call('GET', '/v1/alerts?limit=1', { token: owner.token });
    const cursor = page.body.nextCursor;
    expect(
      (await app.call('GET', `/v1/alerts?limit=1&cursor=${cursor}`, { token: owner.token })).body,
    ).toMatchObject({ items: [{}], nextCursor: null });
    for (const path of [
      `/v1/deliveries?cursor=${cursor}`,
      '/v1/alerts?cursor=nonsense',
      '/v1/alerts?limit=0',
      '/v1/alerts?limit=201',
      '/v1/deliveries?state=lost',
    ]) {
      const refused = await app.call('GET', path, { token: owner.token });
      expect(refused.status, path).toBe(422);
      expect(refused.body.errors, path).toHaveLength(1);
    }
  });

  it('is neither seen nor lifted as a mute, and mutes nothing for others', async () => {
    const path = '/v1/mutes/provision/mine-terms-1';
    const muted = async (who: TestAccount) =>
      (await app.call('GET', '/v1/mutes', { token: who.token })).body.items.map((one: any) => one.key);
    await app.call('PUT', path, { token: owner.token });
    expect(await muted(stranger)).toEqual([]);
    expect((await app.call('DELETE', path, { token: stranger.token })).status).toBe(204);
    expect(await muted(owner)).toEqual(['mine-terms-1']);
    await app.call('DELETE', path, { token: owner.token });
    await app.call('PUT', path, { token: stranger.token });
    expect(await muted(owner)).toEqual([]);
    const before = (await alertsOf(app, owner)).length;
    await app.postEvents([provisionEvent({ entity: 'mine', after: side('high', 'Other words.') })]);
    await app.work();
    expect(await alertsOf(app, owner)).toHaveLength(before + 1);
  });

  it('is not in what was not told, nor in why', async () => {
    await watch(app, owner, [['entity', 'untold']], { name: 'Secret', rule: { kinds: ['withdrawn'] } });
    await app.postEvents([provisionEvent({ entity: 'untold' })]);
    await app.work();
    const list = async (who: TestAccount) =>
      (await app.call('GET', '/v1/suppressed?entity=untold', { token: who.token })).body.items;
    const [{ change }] = await list(owner);
    expect(await list(stranger)).toEqual([]);
    const why = async (who: TestAccount) =>
      (await app.call('GET', `/v1/changes/${change.id}/why`, { token: who.token })).body;
    expect((await why(owner)).watchlists.map(({ name }: { name: string }) => name)).toContain('Secret');
    expect(await why(stranger)).toMatchObject({
      outcome: 'not-followed',
      watchlists: [],
      alert: null,
      deliveries: [],
    });
    expect((await app.call('GET', '/v1/changes/999999999/why', { token: owner.token })).status).toBe(404);
  });

  it('shows in a backtest what changed, and nothing that anybody watches, mutes or was sent', async () => {
    const ask = async (who: TestAccount) => {
      const follows = [{ kind: 'entity', key: 'mine' }];
      const body = { follows, cadence: { mode: 'instant' }, since: '2026-01-01T00:00:00Z' };
      const answer = await app.call('POST', '/v1/watchlists/backtest', { token: who.token, body });
      expect(answer.status, answer.text).toBe(200);
      return answer.body;
    };
    expect((await ask(stranger)).total.alerts).toBeGreaterThan(0);
    expect(await ask(stranger)).toEqual(await ask(owner));
    expect((await app.call('GET', '/v1/watchlists', { token: stranger.token })).body.items).toEqual([]);
  });
});
