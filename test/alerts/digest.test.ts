import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { netOf } from '../support/digest-desk.js';
import { DigestScene } from '../support/digest-scene.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';

let scene: DigestScene;
beforeAll(async () => {
  scene = await DigestScene.open();
});
afterAll(async () => scene.app.stop());
beforeEach(async () => scene.begin());
afterEach(async () => scene.end());

const daily = { mode: 'daily', at: '08:00' };

it('tells a day in one digest at the local time, and nothing before', async () => {
  await scene.follow(daily);
  await scene.change('a', side('low'));
  scene.app.clock.advance(3_600);
  await scene.change('b', side('high'));
  expect(scene.digests).toEqual([]);
  expect(await scene.reasons()).toEqual([
    ['alert', 'cancelled', 'told in the daily digest'],
    ['alert', 'cancelled', 'told in the daily digest'],
    ['digest', 'due', null],
  ]);
  await scene.tomorrow();
  expect(scene.digests).toHaveLength(1);
  const [digest] = scene.digests;
  expect(digest).toMatchObject({
    occasion: 'daily',
    timeZone: 'UTC',
    total: 2,
    omitted: 0,
    cancelledOut: 0,
    lane: 'email',
  });
  expect(netOf(digest)).toEqual([
    [`${scene.entity}-b`, 'introduced', 1],
    [`${scene.entity}-a`, 'introduced', 1],
  ]);
  expect(digest?.until.slice(10)).toBe('T08:00:00.000Z');
  expect(Date.parse(digest?.until ?? '') - Date.parse(digest?.from ?? '')).toBe(86_400_000);
  expect(digest?.entities[0]?.exposure).toEqual({ before: 0, after: 10 });
  expect(digest?.watchlists.map(({ name }) => name)).toEqual(['Watch']);
  await scene.tomorrow();
  expect(scene.digests).toHaveLength(1);
});

it('is one for a destination and window, across watchlists', async () => {
  await scene.follow(daily, { name: 'One' });
  await scene.follow({ ...daily, heartbeat: false }, { name: 'Two' });
  await scene.change('a', side('medium'));
  await scene.tomorrow();
  expect(scene.digests.map(({ watchlists }) => watchlists.map(({ name }) => name))).toEqual([['One', 'Two']]);
});

it('leaves out what the destination got at once', async () => {
  await scene.follow(daily);
  await scene.follow({ mode: 'instant' });
  await scene.change('a', side('medium'));
  expect((await scene.reasons()).map(([kind, state]) => [kind, state])).toEqual([['alert', 'delivered']]);
  await scene.tomorrow();
  expect(scene.digests).toEqual([]);
});

it('begins a window where the last one ended, and tells each change in its own', async () => {
  await scene.follow({ mode: 'hourly' });
  await scene.change('a', side('medium'));
  // The worker comes late: what is gathered meanwhile belongs to the next hour.
  scene.app.clock.advance(3_700);
  await scene.app.postEvents([provisionEvent({ entity: scene.entity, provision: `${scene.entity}-b` })]);
  await scene.app.work();
  scene.app.clock.advance(3_600);
  await scene.app.work();
  expect(scene.digests.map((digest) => netOf(digest).map(([provision]) => provision))).toEqual([
    [`${scene.entity}-a`],
    [`${scene.entity}-b`],
  ]);
  expect(scene.digests[1]?.from).toBe(scene.digests[0]?.until);
});

describe('net change', () => {
  beforeEach(async () => {
    await scene.change('a', side('medium', 'The first words.'));
    scene.app.clock.advance(86_400);
    await scene.follow(daily);
  });

  it('is nothing for medium, high, medium with the same words: no digest goes out', async () => {
    await scene.change('a', side('high', 'The other words.'));
    await scene.change('a', side('medium', 'The first words.'));
    await scene.tomorrow();
    expect(scene.digests).toEqual([]);
    expect((await scene.reasons()).find(([kind]) => kind === 'digest')).toEqual([
      'digest',
      'cancelled',
      'nothing of it is left to tell',
    ]);
  });

  it('is nothing where the watchlist wants rises alone, and what rose fell again', async () => {
    await scene.end();
    await scene.begin();
    await scene.change('a', side('medium', 'The first words.'));
    await scene.follow(daily, { rule: { direction: 'rises' } });
    await scene.change('a', side('high', 'The other words.'));
    await scene.change('a', side('medium', 'The first words.'));
    await scene.tomorrow();
    expect(scene.digests).toEqual([]);
  });

  it('counts what cancelled out beside what is told', async () => {
    await scene.change('a', side('high', 'The other words.'));
    await scene.change('a', side('medium', 'The first words.'));
    await scene.change('b', side('low'));
    await scene.tomorrow();
    expect(scene.digests).toMatchObject([{ total: 1, cancelledOut: 1 }]);
  });

  it('is reworded for medium, high, medium with other words, with both steps', async () => {
    await scene.change('a', side('high', 'The other words.'));
    await scene.change('a', side('medium', 'The third words.'));
    await scene.tomorrow();
    expect(netOf(scene.digests[0])).toEqual([[`${scene.entity}-a`, 'reworded', 2]]);
    const net = scene.digests[0]?.entities[0]?.documents[0]?.changes[0];
    expect(net?.text).toMatchObject({ before: 'The first words.', after: 'The third words.' });
    expect(net?.steps.map(({ delta }) => delta.kind)).toEqual(['escalated', 'eased']);
    expect(scene.digests[0]?.entities[0]?.exposure).toEqual({ before: 3, after: 3 });
  });

  it('shows the twenty gravest changes and counts the rest', async () => {
    const events = Array.from({ length: 23 }, (_, n) =>
      provisionEvent({
        entity: scene.entity,
        provision: `${scene.entity}-many-${n}`,
        after: side(n === 22 ? 'high' : 'low'),
      }),
    );
    await scene.app.postEvents(events);
    await scene.app.work();
    await scene.tomorrow();
    expect(scene.digests).toMatchObject([{ total: 23, omitted: 3 }]);
    expect(netOf(scene.digests[0])).toHaveLength(20);
    expect(netOf(scene.digests[0])[0]?.[0]).toBe(`${scene.entity}-many-22`);
  });
});

it('tells a free account weekly, at its own address', async () => {
  scene.account = await scene.app.createAccount({ tier: 'free' });
  const list = await watch(scene.app, scene.account, [['entity', scene.entity]]);
  const { body } = await scene.call('GET', `/v1/watchlists/${list}`);
  expect(body.cadence).toEqual({ mode: 'weekly', on: 'monday', at: '08:00' });
  await scene.change('a', side('low'));
  for (let n = 0; n < 5; n++) await scene.tomorrow();
  expect(scene.digests).toEqual([]);
  await scene.tomorrow();
  expect(scene.digests).toMatchObject([{ occasion: 'weekly', tier: 'free' }]);
  expect(new Date(scene.digests[0]?.until ?? '').getUTCDay()).toBe(1);
});

it('gathers nothing for a cadence that the tier does not hold any more', async () => {
  await scene.follow(daily);
  await scene.app.call('PATCH', `/v1/accounts/${scene.account.id}`, {
    token: scene.app.operatorToken,
    body: { tier: 'free' },
  });
  await scene.change('a', side('low'));
  expect(await deliveriesOf(scene.app, scene.account)).toEqual([]);
});

it('goes to webhooks too, and can be replayed', async () => {
  const receiver = await startWebhookReceiver();
  onTestFinished(async () => receiver.close());
  const webhook = await webhookTo(scene.app, scene.account, receiver.url(`/digest-${scene.account.id}`));
  await scene.follow(daily, { destinationIds: [webhook.id] });
  await scene.change('a', side('low'));
  await scene.tomorrow();
  expect(scene.digests).toMatchObject([{ lane: 'webhook', total: 1 }]);
  const { id } = (await deliveriesOf(scene.app, scene.account)).find(({ kind }) => kind === 'digest');
  expect((await scene.call('POST', `/v1/deliveries/${id}/replay`)).status).toBeLessThan(300);
  await scene.app.work();
  expect(scene.digests).toHaveLength(2);
  expect(scene.digests[1]).toEqual(scene.digests[0]);
});
