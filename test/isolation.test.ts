import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from './support/app.js';
import { provisionEvent } from './support/events.js';
import { alertsOf, deliveriesOf, watch } from './support/watching.js';

describe('what belongs to another account', () => {
  let app: TestApp;
  let owner: TestAccount;
  let stranger: TestAccount;
  let alert: string;
  let delivery: string;
  beforeAll(async () => {
    app = await startApp();
    [owner, stranger] = [await app.createAccount(), await app.createAccount()];
    await watch(app, owner, [['entity', 'mine']]);
    await app.postEvents([provisionEvent({ entity: 'mine' })]);
    await app.work();
    alert = (await alertsOf(app, owner))[0].alert.id;
    delivery = (await deliveriesOf(app, owner))[0].id;
  });
  afterAll(async () => app.stop());

  it('is not in the lists', async () => {
    expect(await alertsOf(app, stranger)).toEqual([]);
    expect(await deliveriesOf(app, stranger)).toEqual([]);
    expect(
      (await app.call('GET', `/v1/deliveries?alert=${alert}`, { token: stranger.token })).body.items,
    ).toEqual([]);
  });

  it.each([
    ['GET', '/v1/alerts/ALERT'],
    ['POST', '/v1/alerts/ALERT/acknowledge'],
    ['GET', '/v1/deliveries/DELIVERY'],
    ['POST', '/v1/deliveries/DELIVERY/replay'],
  ])('is not there for %s %s, nor is what was never there', async (method, path) => {
    const mine = path.replace('ALERT', alert).replace('DELIVERY', delivery);
    const refused = await app.call(method, mine, { token: stranger.token });
    expect(refused.status).toBe(404);
    for (const id of ['999999999', '0', '-1', 'abc', '1e3', '99999999999999999999', '%00', '1%20']) {
      const unknown = await app.call(method, path.replace(/ALERT|DELIVERY/, id), { token: owner.token });
      expect(unknown.status, id).toBe(404);
      expect(unknown.body, id).toEqual(refused.body);
    }
    expect((await app.call(method, mine, { token: owner.token })).status).toBeLessThan(300);
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
});
