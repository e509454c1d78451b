import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { moveTo, netOf, settle, takeDigests, type TakenDigest } from '../support/digest-desk.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

let app: TestApp;
let receiver: WebhookReceiver;
let digests: TakenDigest[];
let account: TestAccount;
let entity: string;
let day = Date.UTC(2026, 11, 1);

beforeAll(async () => {
  app = await startApp({ LOG_LEVEL: 'error' });
  receiver = await startWebhookReceiver();
  digests = takeDigests(app);
});
afterAll(async () => {
  await app.stop();
  await receiver.close();
});
beforeEach(async () => {
  // A fortnight for each test, of a Tuesday, 10:00 UTC: what others left is told before.
  moveTo(app, new Date((day += 14 * 86_400_000) + 10 * 3_600_000).toISOString());
  await app.work();
  digests.length = 0;
  account = await app.createAccount();
  entity = `digest-${account.id}`;
});

afterEach(async () => {
  await app.call('DELETE', `/v1/accounts/${account.id}`, { token: app.operatorToken });
});

const daily = { mode: 'daily', at: '08:00' };
const follow = async (cadence: unknown, options: Record<string, unknown> = {}) =>
  watch(app, account, [['entity', entity]], { cadence, ...options });
const change = async (provision: string, after: ReturnType<typeof side> | null, options = {}) => {
  await app.postEvents([provisionEvent({ entity, provision: `${entity}-${provision}`, after, ...options })]);
  await app.work();
};
/** On to 08:01 UTC of the next day. */
const tomorrow = async () => {
  const next =
    Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000 + 8 * 3_600_000 + 60_000;
  moveTo(app, new Date(next).toISOString());
  await app.work();
};
const reasonsOf = async () =>
  (await deliveriesOf(app, account)).map(({ kind, state, reason }) => [kind, state, reason]);

it('tells a day in one digest at the local time, and nothing before', async () => {
  await follow(daily);
  await change('a', side('low'));
  app.clock.advance(3_600);
  await change('b', side('high'));
  expect(digests).toEqual([]);
  expect(await reasonsOf()).toEqual([
    ['alert', 'cancelled', 'told in the daily digest'],
    ['alert', 'cancelled', 'told in the daily digest'],
    ['digest', 'due', null],
  ]);
  await tomorrow();
  expect(digests).toHaveLength(1);
  const [digest] = digests;
  expect(digest).toMatchObject({
    occasion: 'daily',
    timeZone: 'UTC',
    total: 2,
    omitted: 0,
    cancelledOut: 0,
    lane: 'email',
  });
  expect(netOf(digest)).toEqual([
    [`${entity}-b`, 'introduced', 1],
    [`${entity}-a`, 'introduced', 1],
  ]);
  expect(digest?.until.slice(10)).toBe('T08:00:00.000Z');
  expect(Date.parse(digest?.until ?? '') - Date.parse(digest?.from ?? '')).toBe(86_400_000);
  expect(digest?.entities[0]?.exposure).toEqual({ before: 0, after: 10 });
  expect(digest?.watchlists.map(({ name }) => name)).toEqual(['Watch']);
  await tomorrow();
  expect(digests).toHaveLength(1);
});

it('is one for a destination and window, across watchlists', async () => {
  await follow(daily, { name: 'One' });
  await follow({ ...daily, heartbeat: false }, { name: 'Two' });
  await change('a', side('medium'));
  await tomorrow();
  expect(digests.map(({ watchlists }) => watchlists.map(({ name }) => name))).toEqual([['One', 'Two']]);
});

it('leaves out what the destination got at once', async () => {
  await follow(daily);
  await follow({ mode: 'instant' });
  await change('a', side('medium'));
  expect((await reasonsOf()).map(([kind, state]) => [kind, state])).toEqual([['alert', 'delivered']]);
  await tomorrow();
  expect(digests).toEqual([]);
});

it('begins a window where the last one ended, and tells each change in its own', async () => {
  await follow({ mode: 'hourly' });
  await change('a', side('medium'));
  // The worker comes late: what is gathered meanwhile belongs to the next hour.
  app.clock.advance(3_700);
  await app.postEvents([provisionEvent({ entity, provision: `${entity}-b` })]);
  await app.work();
  app.clock.advance(3_600);
  await app.work();
  expect(digests.map((digest) => netOf(digest).map(([provision]) => provision))).toEqual([
    [`${entity}-a`],
    [`${entity}-b`],
  ]);
  expect(digests[1]?.from).toBe(digests[0]?.until);
});

describe('net change', () => {
  beforeEach(async () => {
    await change('a', side('medium', 'The first words.'));
    app.clock.advance(86_400);
    await follow(daily);
  });

  it('is nothing for medium, high, medium with the same words: no digest goes out', async () => {
    await change('a', side('high', 'The other words.'));
    await change('a', side('medium', 'The first words.'));
    await tomorrow();
    expect(digests).toEqual([]);
    expect((await reasonsOf()).find(([kind]) => kind === 'digest')).toEqual([
      'digest',
      'cancelled',
      'nothing of it is left to tell',
    ]);
  });

  it('counts what cancelled out beside what is told', async () => {
    await change('a', side('high', 'The other words.'));
    await change('a', side('medium', 'The first words.'));
    await change('b', side('low'));
    await tomorrow();
    expect(digests).toMatchObject([{ total: 1, cancelledOut: 1 }]);
  });

  it('is reworded for medium, high, medium with other words, with both steps', async () => {
    await change('a', side('high', 'The other words.'));
    await change('a', side('medium', 'The third words.'));
    await tomorrow();
    expect(netOf(digests[0])).toEqual([[`${entity}-a`, 'reworded', 2]]);
    const net = digests[0]?.entities[0]?.documents[0]?.changes[0];
    expect(net?.text).toMatchObject({ before: 'The first words.', after: 'The third words.' });
    expect(net?.steps.map(({ delta }) => delta.kind)).toEqual(['escalated', 'eased']);
    expect(digests[0]?.entities[0]?.exposure).toEqual({ before: 3, after: 3 });
  });

  it('shows the twenty gravest changes and counts the rest', async () => {
    const events = Array.from({ length: 23 }, (_, n) =>
      provisionEvent({ entity, provision: `${entity}-many-${n}`, after: side(n === 22 ? 'high' : 'low') }),
    );
    await app.postEvents(events);
    await app.work();
    await tomorrow();
    expect(digests).toMatchObject([{ total: 23, omitted: 3 }]);
    expect(netOf(digests[0])).toHaveLength(20);
    expect(netOf(digests[0])[0]?.[0]).toBe(`${entity}-many-22`);
  });
});

describe('a change of mind before the digest goes out', () => {
  it('leaves out what was muted', async () => {
    await follow(daily);
    await change('a', side('low'));
    await change('b', side('low'));
    const muted = await app.call('PUT', `/v1/mutes/provision/${entity}-a`, {
      token: account.token,
      body: {},
    });
    expect(muted.status, muted.text).toBeLessThan(300);
    await tomorrow();
    expect(netOf(digests[0]).map(([provision]) => provision)).toEqual([`${entity}-b`]);
  });

  it.each([
    [
      'a watchlist that is deleted',
      async (list: string) => app.call('DELETE', `/v1/watchlists/${list}`, { token: account.token }),
    ],
    [
      'a destination that is taken off',
      async (list: string) =>
        app.call('PATCH', `/v1/watchlists/${list}`, { token: account.token, body: { destinationIds: [] } }),
    ],
    [
      'another rule',
      async (list: string) =>
        app.call('PATCH', `/v1/watchlists/${list}`, {
          token: account.token,
          body: { rule: { minSeverity: 'high' } },
        }),
    ],
    [
      'an unfollow',
      async (list: string) =>
        app.call('DELETE', `/v1/watchlists/${list}/follows/entity/${entity}`, { token: account.token }),
    ],
  ])('%s leaves nothing to tell', async (_name, change_) => {
    const list = await follow(daily);
    await change('a', side('low'));
    expect((await change_(list)).status).toBeLessThan(300);
    await tomorrow();
    expect(digests).toEqual([]);
    expect((await reasonsOf()).at(-1)).toEqual(['digest', 'cancelled', 'nothing of it is left to tell']);
  });

  it('a pause cancels it; recovered, it goes out as one', async () => {
    await follow(daily);
    const since = app.clock.now();
    await change('a', side('low'));
    await change('b', side('low'));
    const { body } = await app.call('GET', '/v1/destinations', { token: account.token });
    const id = body.items[0].id;
    const set = async (status: string) =>
      app.call('PATCH', `/v1/destinations/${id}`, { token: account.token, body: { status } });
    await set('paused');
    await tomorrow();
    expect(digests).toEqual([]);
    expect((await deliveriesOf(app, account)).find(({ kind }) => kind === 'digest').reason).toBe(
      'the destination is paused',
    );
    await set('active');
    const recovered = await app.call('POST', `/v1/destinations/${id}/recover`, {
      token: account.token,
      body: { since },
    });
    expect(recovered.body).toEqual({ recovered: 1 });
    await app.work();
    expect(digests).toMatchObject([{ total: 2 }]);
  });
});

it('tells a free account weekly, at its own address', async () => {
  account = await app.createAccount({ tier: 'free' });
  const list = await watch(app, account, [['entity', entity]]);
  const { body } = await app.call('GET', `/v1/watchlists/${list}`, { token: account.token });
  expect(body.cadence).toEqual({ mode: 'weekly', on: 'monday', at: '08:00' });
  await change('a', side('low'));
  for (let n = 0; n < 5; n++) await tomorrow();
  expect(digests).toEqual([]);
  await tomorrow();
  expect(digests).toMatchObject([{ occasion: 'weekly', tier: 'free' }]);
  expect(new Date(digests[0]?.until ?? '').getUTCDay()).toBe(1);
});

it('gathers nothing for a cadence that the tier does not hold any more', async () => {
  await follow(daily);
  await app.call('PATCH', `/v1/accounts/${account.id}`, { token: app.operatorToken, body: { tier: 'free' } });
  await change('a', side('low'));
  expect(await deliveriesOf(app, account)).toEqual([]);
});

it('goes to webhooks too, and can be replayed', async () => {
  const webhook = await webhookTo(app, account, receiver.url(`/digest-${account.id}`));
  await follow(daily, { destinationIds: [webhook.id] });
  await change('a', side('low'));
  await tomorrow();
  expect(digests).toMatchObject([{ lane: 'webhook', total: 1 }]);
  const [{ id }] = (await deliveriesOf(app, account)).filter(({ kind }) => kind === 'digest');
  expect(
    (await app.call('POST', `/v1/deliveries/${id}/replay`, { token: account.token })).status,
  ).toBeLessThan(300);
  await app.work();
  expect(digests).toHaveLength(2);
  expect(digests[1]).toEqual(digests[0]);
});

describe('a heartbeat', () => {
  it('comes at the end of each window, even when nothing changed', async () => {
    await change('a', side('low'));
    await follow({ ...daily, heartbeat: true });
    await app.work();
    await tomorrow();
    await tomorrow();
    expect(digests).toMatchObject([
      { total: 0, entities: [], coverage: { documents: 1, lastVerified: null } },
      { total: 0, entities: [], coverage: { documents: 1, lastVerified: null } },
    ]);
    expect(digests[1]?.from).toBe(digests[0]?.until);
  });

  it('ends when it is not asked for any more', async () => {
    const list = await follow({ ...daily, heartbeat: true });
    await app.work();
    await app.call('PATCH', `/v1/watchlists/${list}`, { token: account.token, body: { cadence: daily } });
    await tomorrow();
    expect(digests).toEqual([]);
  });
});

it('moves with its reader to another time zone', async () => {
  await follow(daily);
  await change('a', side('low'));
  await settle(app, account, { timeZone: 'America/Phoenix' });
  await app.work();
  app.clock.advance(4 * 3_600 + 59 * 60);
  await app.work();
  expect(digests).toEqual([]);
  app.clock.advance(120);
  await app.work();
  expect(digests).toMatchObject([{ timeZone: 'America/Phoenix', total: 1 }]);
  expect(digests[0]?.until.slice(10)).toBe('T15:00:00.000Z');
});
