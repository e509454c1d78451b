import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestApp } from '../support/app.js';
import { openEchoHouse, type EchoHouse, type EchoStage } from '../support/echo-stage.js';
import { alertsOf } from '../support/watching.js';
import type { WebhookReceiver } from '../support/webhook-receiver.js';

let house: EchoHouse;
let app: TestApp;
let receiver: WebhookReceiver;
let stage: EchoStage;

beforeAll(async () => {
  house = await openEchoHouse('echoed', { RETRY_SCHEDULE_S: '60', WEBHOOK_PER_S: '0' });
  ({ app, receiver } = house);
});
afterAll(async () => house.close());
beforeEach(() => {
  stage = house.stage();
});

const alert = (...changes: string[]) => ({ type: 'alert.created', changes, by: [] });
const echoed = (about: string, ...changes: string[]) => ({ type: 'echo', about, changes });
const echo = (about: string, ...changes: string[]) => expect.objectContaining(echoed(about, ...changes));
const lastChange = async () =>
  (await app.database.query<{ id: string }>(`select max(id) as id from change`))[0]!.id;

describe('a change that goes back', () => {
  it('before it was sent is told to nobody', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low' });
    await app.work();
    await stage.change({ a: 'high' });
    await stage.fanOut();
    await stage.change({ a: 'low' });
    await stage.settled();
    expect(stage.heard(account)).toEqual([alert('a')]);
    expect((await stage.deliveries(account))[1]).toBe('alert: cancelled: it went back before it was told');
  });

  it('before it was fanned out makes no alert', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low' });
    await app.work();
    await stage.change({ a: 'high' });
    await stage.change({ a: 'low' });
    await stage.settled();
    expect(await alertsOf(app, account)).toHaveLength(1);
  });

  it('after it was sent is told to those who were told, and to nobody else', async () => {
    const [told, failing] = [await stage.follower(), await stage.follower()];
    const falls = await stage.follower({ rule: { direction: 'falls' } });
    await stage.change({ a: 'low' });
    await app.work();
    receiver.script(`/${failing.id}`, { status: 400 });
    await stage.change({ a: 'high' });
    await app.work();
    const late = await stage.follower();
    await stage.change({ a: 'low' });
    const by = await lastChange();
    await stage.settled();
    app.clock.advance(600);
    await stage.settled();
    expect(stage.heard(told)).toEqual([
      alert('a'),
      alert('a'),
      { ...echoed('reverted', 'a'), by: [by], reason: null },
    ]);
    expect(stage.heard(failing)).toEqual([alert('a'), alert('a')]);
    expect(stage.heard(falls)).toEqual([]);
    expect(stage.heard(late)).toEqual([]);
    expect((await stage.deliveries(failing)).at(-1)).toBe('echo: cancelled: its alert was never told there');
  });

  it('is told where it was told alone, of two destinations', async () => {
    const account = await stage.follower();
    const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
    const hook = body.items.find(({ kind }: any) => kind === 'webhook');
    const other = await app.call('POST', '/v1/destinations', {
      token: account.token,
      body: { kind: 'webhook', settings: { url: receiver.url(`/${account.id}-other`) } },
    });
    const lists = await app.call('GET', '/v1/watchlists', { token: account.token });
    await app.call('PATCH', `/v1/watchlists/${lists.body.items[0].id}`, {
      token: account.token,
      body: { destinationIds: [hook.id, other.body.id] },
    });
    app.clock.advance(120);
    await stage.change({ a: 'low' });
    await app.work();
    receiver.script(`/${account.id}-other`, { status: 500 });
    await stage.change({ a: 'high' });
    await app.work();
    receiver.script(`/${account.id}-other`, { status: 204 });
    await stage.change({ a: 'low' });
    await stage.settled();
    app.clock.advance(600);
    await stage.settled();
    expect(stage.heard(account).map(({ type }) => type)).toEqual(['alert.created', 'alert.created', 'echo']);
    const others = receiver.requests.filter(({ path }) => path === `/${account.id}-other`);
    // The first alert, and the attempt of the second that failed.
    expect(others).toHaveLength(2);
    expect((await stage.deliveries(account)).filter((one) => one.includes('cancelled')).toSorted()).toEqual([
      'alert: cancelled: it went back before it was told',
      'echo: cancelled: its alert was never told there',
    ]);
  });

  it('in part leaves the rest of the alert, and is told in part', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low', b: 'low' });
    await app.work();
    await stage.change({ a: 'high', b: 'high' });
    await app.work();
    await stage.change({ b: 'low' });
    await stage.settled();
    expect(stage.heard(account).slice(1)).toEqual([alert('a', 'b'), echo('reverted', 'b')]);
    const [{ changes }] = await alertsOf(app, account);
    expect(changes.map(({ revertedAt }: any) => typeof revertedAt).toSorted()).toEqual(['object', 'string']);
  });

  it('in part before it was sent is left out, and no echo tells of it', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low', b: 'low' });
    await app.work();
    await stage.change({ a: 'high', b: 'high' });
    await stage.fanOut();
    await stage.change({ b: 'low' });
    await stage.settled();
    app.clock.advance(60);
    await stage.settled();
    expect(stage.heard(account).slice(1)).toEqual([alert('a')]);
  });

  it('and comes once more is news', async () => {
    const account = await stage.follower();
    for (const severity of ['low', 'high', 'low', 'high'] as const) {
      await stage.change({ a: severity });
      await app.work();
    }
    expect(stage.heard(account)).toEqual([alert('a'), alert('a'), echo('reverted', 'a'), alert('a')]);
  });

  it('beside another change alerts of that one', async () => {
    const [account, other] = [
      await stage.follower(),
      await stage.follower({ rule: { minSeverity: 'high' } }),
    ];
    await stage.change({ a: 'low' });
    await stage.change({ a: 'medium' });
    await app.work();
    await stage.change({ a: 'low', b: 'high' });
    await stage.settled();
    expect(stage.heard(account).slice(2)).toEqual(
      expect.arrayContaining([alert('b'), echo('reverted', 'a')]),
    );
    expect(stage.heard(other)).toEqual([alert('b')]);
  });

  it('is not told of what is muted', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low' });
    await stage.change({ a: 'high' });
    await app.work();
    await app.call('PUT', `/v1/mutes/provision/${stage.entity}-a`, { token: account.token });
    await stage.change({ a: 'low' });
    await stage.settled();
    expect(stage.heard(account)).toHaveLength(2);
  });

  it('is not sent again by replaying', async () => {
    const account = await stage.follower();
    await stage.change({ a: 'low' });
    await app.work();
    await stage.change({ a: 'high' });
    await app.work();
    await stage.change({ a: 'low' });
    await stage.settled();
    const { body } = await app.call('POST', '/v1/deliveries/replay', {
      token: account.token,
      body: { since: '2020-01-01T00:00:00Z', includeDelivered: true },
    });
    expect(body).toMatchObject({ replayed: 2 });
    await app.work();
    expect(stage.heard(account).slice(3)).toEqual([alert('a'), echo('reverted', 'a')]);
    const items = (await app.call('GET', '/v1/deliveries', { token: account.token })).body.items;
    const one = await app.call('POST', `/v1/deliveries/${items[1].id}/replay`, { token: account.token });
    expect(one.status).toBe(409);
    expect((await stage.deliveries(account))[1]).toBe('alert: delivered');
  });
});
