import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { moveTo, netOf, settle } from '../support/digest-desk.js';
import { DigestScene } from '../support/digest-scene.js';
import { provisionEvent, side } from '../support/events.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';

let scene: DigestScene;
/** What is done while the next digest is on its way, after it was read. */
let meanwhile: (() => Promise<void>) | null = null;

beforeAll(async () => {
  scene = await DigestScene.open();
  const email = scene.app.app.get(ChannelRegistry).find('email')!;
  const send = email.send.bind(email);
  email.send = async (...given) => {
    const act = meanwhile;
    meanwhile = null;
    await act?.();
    return send(...given);
  };
});
afterAll(async () => scene.app.stop());
beforeEach(async () => scene.begin());
afterEach(async () => scene.end());

const daily = { mode: 'daily', at: '08:00' };
const snooze = async (list: string, days: number) => {
  const snoozedUntil = new Date(scene.app.clock.now().getTime() + days * 86_400_000).toISOString();
  const { status } = await scene.call('PATCH', `/v1/watchlists/${list}`, { snoozedUntil });
  expect(status).toBe(200);
};
const ofKind = async (kind: string) =>
  (await deliveriesOf(scene.app, scene.account)).filter((one) => one.kind === kind);

describe('a snooze', () => {
  it('holds for what a digest has gathered', async () => {
    const list = await scene.follow(daily);
    await scene.change('a', side('high'));
    await snooze(list, 3);
    await scene.tomorrow();
    expect(scene.digests).toEqual([]);
    expect((await ofKind('digest'))[0]).toMatchObject({
      state: 'cancelled',
      reason: 'nothing of it is left to tell',
    });
  });

  it('holds for heartbeats: nobody says that nothing changed while nobody looks', async () => {
    const list = await scene.follow({ ...daily, heartbeat: true });
    await scene.app.work();
    await snooze(list, 2.5);
    await scene.change('a', side('high'));
    for (let day = 0; day < 2; day++) await scene.tomorrow();
    expect(scene.digests).toEqual([]);
    for (let day = 0; day < 2; day++) await scene.tomorrow();
    expect(scene.digests.map(({ total }) => total)).toEqual([0]);
  });

  it('leaves the page of a digest that was sent as it is', async () => {
    const list = await scene.follow(daily);
    await scene.change('a', side('high'));
    await scene.tomorrow();
    await snooze(list, 3);
    const { pathname, search } = new URL(scene.digests[0]!.url);
    expect((await scene.app.call('GET', pathname + search)).status).toBe(200);
  });
});

it('has no heartbeat for a watchlist that follows nothing', async () => {
  await watch(scene.app, scene.account, [], { cadence: { ...daily, heartbeat: true } });
  await scene.app.work();
  await scene.tomorrow();
  expect(await deliveriesOf(scene.app, scene.account)).toEqual([]);
});

it('is recovered by the time when it was missed, not by when it began', async () => {
  await scene.follow(daily);
  await scene.change('a', side('low'));
  const { body } = await scene.call('GET', '/v1/destinations');
  const id = body.items[0].id;
  scene.app.clock.advance(3_600);
  const since = scene.app.clock.now();
  await scene.call('PATCH', `/v1/destinations/${id}`, { status: 'paused' });
  await scene.tomorrow();
  await scene.call('PATCH', `/v1/destinations/${id}`, { status: 'active' });
  const recovered = await scene.call('POST', `/v1/destinations/${id}/recover`, { since });
  expect(recovered.body).toEqual({ recovered: 1 });
  await scene.app.work();
  expect(scene.digests).toMatchObject([{ total: 1 }]);
});

it('says that nothing is left to show of one that its reader wants no more', async () => {
  const receiver = await startWebhookReceiver();
  onTestFinished(async () => receiver.close());
  const hook = await webhookTo(scene.app, scene.account, receiver.url('/'));
  const list = await scene.follow(daily, { destinationIds: [hook.id] });
  await scene.change('a', side('low'));
  await scene.tomorrow();
  const [digest] = await ofKind('digest');
  const shown = async () => (await scene.call('GET', `/v1/deliveries/${digest.id}/request`)).status;
  expect(await shown()).toBe(200);
  await scene.call('DELETE', `/v1/watchlists/${list}`);
  expect(await shown()).toBe(404);
});

describe('an alert that waits', () => {
  it('is told though its watchlist gathers into digests by then', async () => {
    const list = await scene.follow({ mode: 'instant' }, { confirmAfter: 12 });
    const time = scene.app.clock.now().toISOString();
    await scene.app.postEvents([provisionEvent({ entity: scene.entity, time })]);
    await scene.app.work();
    expect((await ofKind('alert')).map(({ state }) => state)).toEqual(['due']);
    await scene.call('PATCH', `/v1/watchlists/${list}`, { cadence: daily, confirmAfter: null });
    scene.app.clock.advance(30 * 86_400);
    await scene.app.work();
    expect((await ofKind('alert')).map(({ state }) => state)).toEqual(['delivered']);
  });

  it('is told after quiet hours that held it alone, though its watchlist gathers by then', async () => {
    await settle(scene.app, scene.account, { quietHours: { from: '09:00', to: '12:00' } });
    const list = await scene.follow({ mode: 'instant' });
    await scene.change('a', side('low'));
    await scene.call('PATCH', `/v1/watchlists/${list}`, { cadence: daily });
    scene.app.clock.advance(2 * 3_600 + 1);
    await scene.app.work();
    await scene.app.work();
    expect((await ofKind('alert')).map(({ state }) => state)).toEqual(['delivered']);
  });
});

describe('hourly digests', () => {
  it('are one when they would end in quiet hours', async () => {
    await settle(scene.app, scene.account, { quietHours: { from: '12:00', to: '20:00' } });
    await scene.follow({ mode: 'hourly', heartbeat: true });
    await scene.app.work();
    const day = scene.app.clock.now().toISOString().slice(0, 10);
    for (let hour = 11; hour < 20; hour++) {
      moveTo(scene.app, `${day}T${hour}:00:30Z`);
      await scene.change(`at-${hour}`, side('low'));
    }
    expect(scene.digests.map(({ until }) => until.slice(11, 16))).toEqual(['11:00']);
    moveTo(scene.app, `${day}T20:00:30Z`);
    await scene.app.work();
    expect(
      scene.digests.map(({ from, until, total }) => [from.slice(11, 16), until.slice(11, 16), total]),
    ).toEqual([
      ['10:00', '11:00', 0],
      ['11:00', '20:00', 9],
    ]);
    moveTo(scene.app, `${day}T21:00:30Z`);
    await scene.app.work();
    expect(scene.digests.at(-1)).toMatchObject({
      from: `${day}T20:00:00.000Z`,
      until: `${day}T21:00:00.000Z`,
    });
  });

  it('come every hour again when quiet hours are lifted', async () => {
    await settle(scene.app, scene.account, { quietHours: { from: '09:00', to: '20:00' } });
    await scene.follow({ mode: 'hourly' });
    await scene.change('a', side('low'));
    await settle(scene.app, scene.account, { quietHours: null });
    await scene.app.work();
    scene.app.clock.advance(3_601);
    await scene.app.work();
    expect(scene.digests).toMatchObject([{ total: 1 }]);
  });
});

describe('an echo of what a digest told', () => {
  const event = (provision: string, severity: 'low' | 'medium', revision: string) =>
    provisionEvent({
      entity: scene.entity,
      provision: `${scene.entity}-${provision}`,
      after: side(severity, `${severity} words`),
      time: scene.app.clock.now().toISOString(),
      revision: { id: revision, size: 2 },
    });
  const move = async (severity: 'low' | 'medium', revision: string) => {
    await scene.app.postEvents([event('a', severity, revision), event('b', severity, revision)]);
  };
  const follow = async (provision: string) =>
    watch(scene.app, scene.account, [['provision', `${scene.entity}-${provision}`]], { cadence: daily });
  /** How many clauses the echoes told of, by the mails. */
  const echoed = async () => (await ofKind('echo')).map(({ state }) => state);

  it('tells of nothing that the digest left out', async () => {
    await move('low', 'r1');
    await scene.app.work();
    const gone = await follow('b');
    await move('medium', 'r2');
    await scene.app.work();
    await follow('a');
    scene.app.clock.advance(60);
    const { data, ...again } = event('a', 'low', 'other');
    const after = side('high', 'Other words.');
    await scene.app.postEvents([{ ...again, data: { ...data, revision: { id: 'other', size: 1 }, after } }]);
    await scene.app.work();
    await scene.call('DELETE', `/v1/watchlists/${gone}`);
    await scene.tomorrow();
    expect(netOf(scene.digests[0]).map(([provision]) => provision)).toEqual([`${scene.entity}-a`]);
    await scene.app.postEvents([event('b', 'low', 'r3'), event('c', 'low', 'r3')]);
    await scene.app.work();
    expect((await echoed()).filter((state) => state === 'delivered')).toEqual([]);
  });

  it('goes to who is being told at that moment', async () => {
    await move('low', 'r1');
    await scene.app.work();
    await follow('a');
    await move('medium', 'r2');
    await scene.app.work();
    meanwhile = async () => {
      await move('low', 'r3');
      await scene.app.app.get(FanOut).run(new AbortController().signal);
    };
    await scene.tomorrow();
    expect(scene.digests).toMatchObject([{ total: 1 }]);
    scene.app.clock.advance(60);
    await scene.app.work();
    expect(await echoed()).toEqual(['delivered']);
  });

  it('still goes to who was told once, and has the digest sent again meanwhile', async () => {
    await move('low', 'r1');
    await scene.app.work();
    await follow('a');
    await move('medium', 'r2');
    await scene.app.work();
    await scene.tomorrow();
    const [digest] = await ofKind('digest');
    await scene.call('POST', `/v1/deliveries/${digest.id}/replay`);
    await move('low', 'r3');
    await scene.app.work();
    scene.app.clock.advance(60);
    await scene.app.work();
    expect(await echoed()).toEqual(['delivered']);
  });
});
