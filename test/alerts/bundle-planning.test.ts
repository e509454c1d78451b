import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BundlePlanner } from '../../src/alerts/bundle-planner.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { DeliveryWorkers } from '../../src/deliveries/delivery-workers.js';
import { createLogger } from '../../src/platform/logger.js';
import { PostgresTicketBus } from '../../src/tickets/postgres/postgres-ticket-bus.js';
import { moveTo, settle } from '../support/digest-desk.js';
import { DigestScene } from '../support/digest-scene.js';
import { side } from '../support/events.js';

let scene: DigestScene;
beforeAll(async () => {
  scene = await DigestScene.open();
});
afterAll(async () => scene.app.stop());
beforeEach(async () => scene.begin());
afterEach(async () => scene.end());

const daily = { mode: 'daily', at: '08:00' };
const planner = () => scene.app.app.get(BundlePlanner);
const rows = async () =>
  scene.app.database.query<{ state: string; dueAt: Date; parcels: number; untilAt: Date | null }>(
    `select d.state, d.due_at as "dueAt", b.until_at as "untilAt",
       (select count(*)::integer from parcel p where p.id = d.parcel_id and p.due_at = d.due_at
         and d.id between p.first_id and p.last_id) as parcels
     from bundle b join delivery d on d.id = b.delivery_id where b.account_id = $1`,
    [scene.account.id],
  );
/** Sends what is due, and plans nothing. */
const sendOnly = async () => {
  const workers = scene.app.app.get(DeliveryWorkers);
  for (const channel of scene.app.app.get(ChannelRegistry).all) {
    const worker = workers.worker(channel);
    await worker.run(new AbortController().signal);
    await worker.drain();
  }
};

describe('planning', () => {
  it('makes one delivery and parcel of a bundle, however often it is repeated, and by however many at once', async () => {
    await scene.follow(daily);
    await scene.change('a', side('low'));
    const before = await rows();
    expect(before).toMatchObject([{ state: 'due', parcels: 1 }]);
    for (let n = 0; n < 5; n++) {
      await scene.app.database.execute(`update bundle set until_at = null where account_id = $1`, [
        scene.account.id,
      ]);
      const { database, clock } = scene.app;
      const bus = new PostgresTicketBus(database, '', createLogger('silent'));
      const another = new BundlePlanner(database, clock, bus);
      await Promise.all([
        planner().plan(),
        another.plan(),
        planner().openHeartbeats(),
        another.openHeartbeats(),
      ]);
    }
    expect(await rows()).toEqual(before);
    await scene.tomorrow();
    await scene.tomorrow();
    expect(scene.digests).toHaveLength(1);
  });

  it('is made up for by whoever comes next, when a process ends before it', async () => {
    await scene.follow(daily);
    await scene.change('a', side('low'));
    // As if a process had ended after the account was changed.
    await settle(scene.app, scene.account, { timeZone: 'America/Phoenix' });
    expect(await rows()).toMatchObject([{ untilAt: null }]);
    await planner().plan();
    const [row] = await rows();
    expect(row?.dueAt).toEqual(row?.untilAt);
    expect(row?.untilAt?.toISOString().slice(10)).toBe('T15:00:00.000Z');
  });

  it('is waited for by a digest whose window was moved', async () => {
    await scene.follow(daily);
    await scene.change('a', side('low'));
    const [row] = await rows();
    await settle(scene.app, scene.account, { timeZone: 'Pacific/Honolulu' });
    moveTo(scene.app, new Date((row?.dueAt.getTime() ?? 0) + 1_000).toISOString());
    await sendOnly();
    expect(scene.digests).toEqual([]);
    await planner().plan();
    moveTo(scene.app, new Date((row?.dueAt.getTime() ?? 0) + 10 * 3_600_000 + 1_000).toISOString());
    await sendOnly();
    expect(scene.digests).toMatchObject([{ total: 1 }]);
  });

  it('leaves a window alone that was over when its reader moved', async () => {
    await scene.follow(daily);
    await scene.change('a', side('low'));
    const [row] = await rows();
    moveTo(scene.app, new Date((row?.dueAt.getTime() ?? 0) + 1_000).toISOString());
    await settle(scene.app, scene.account, { timeZone: 'Pacific/Honolulu' });
    await planner().plan();
    await sendOnly();
    expect(scene.digests).toMatchObject([{ until: row?.dueAt.toISOString() }]);
  });
});

describe('a clock that is put forward or back', () => {
  it.each([
    ['Europe/Berlin', 'the missing hour', '02:30', '2029-03-24T12:00:00Z', '2029-03-25T01:00:00.000Z'],
    ['Europe/Berlin', 'the doubled hour', '02:30', '2029-10-27T12:00:00Z', '2029-10-28T00:30:00.000Z'],
    ['America/New_York', 'the missing hour', '02:30', '2030-03-09T18:00:00Z', '2030-03-10T07:00:00.000Z'],
    [
      'Australia/Lord_Howe',
      'the missing half hour',
      '02:15',
      '2030-10-05T10:00:00Z',
      '2030-10-05T15:30:00.000Z',
    ],
  ])('in %s, %s: at %s', async (timeZone, _name, at, from, until) => {
    moveTo(scene.app, from);
    await settle(scene.app, scene.account, { timeZone });
    await scene.follow({ mode: 'daily', at });
    await scene.change('a', side('low'));
    moveTo(scene.app, new Date(Date.parse(until) - 1_000).toISOString());
    await scene.app.work();
    expect(scene.digests).toEqual([]);
    moveTo(scene.app, until);
    await scene.app.work();
    expect(scene.digests).toMatchObject([{ timeZone, until, total: 1 }]);
    await scene.change('b', side('low'));
    scene.app.clock.advance(25 * 3_600);
    await scene.app.work();
    expect(scene.digests).toMatchObject([{}, { from: until, total: 1 }]);
  });
});
