import { describe, expect, it, vi } from 'vitest';
import { loggedOf } from '../support/due-deliveries.js';
import { slots, WebhookLane } from '../support/webhook-lane.js';

const lane = new WebhookLane();

describe('one endpoint', () => {
  it('takes no more than its share, and what is over it waits for its turn', async () => {
    const worker = lane.worker({
      // Paths of one receiver stand for hosts here.
      endpoint: ({ url }) => String(url),
      concurrency: { attempts: slots, ofOneEndpoint: { first: 2, most: 2 } },
    });
    lane.receiver.script('/slow', 'hang');
    const slow = await lane.due(6, { path: '/slow' });
    const others = await lane.due(6);
    const run = worker.run(lane.stop.signal);
    await lane.receiver.waitFor(8);
    await vi.waitUntil(async () => (await lane.states(others)).every((state) => state === 'delivered'), {
      timeout: 20_000,
    });
    expect(lane.sent('/slow')).toHaveLength(2);
    expect(await lane.rows(slow)).toMatchObject(slow.map(() => ({ state: 'due', tries: 0 })));
    await lane.breakOff(worker, run);
  });

  it('gets all in the end that waited for its share', async () => {
    const ids = await lane.due(20, { inOneRange: true });
    await lane.work(lane.worker({ concurrency: { attempts: slots, ofOneEndpoint: { first: 1, most: 1 } } }));
    expect(lane.sent()).toEqual(ids);
    expect(await lane.parcels()).toEqual([]);
  });

  it('has what finds no place to wait set aside in the ledger, for later', async () => {
    const worker = lane.worker({ concurrency: { attempts: slots, ofOneEndpoint: { first: 1, most: 1 } } });
    lane.receiver.script('/hook', 'hang');
    const ids = await lane.due(2_100, { inOneRange: true });
    const run = worker.run(lane.stop.signal);
    await lane.receiver.waitFor(1);
    // One is under way, and 2,000 wait in memory.
    await vi.waitUntil(async () => (await lane.parcels()).length > 99, { timeout: 20_000 });
    const aside = (await lane.parcels()).filter(({ firstId, lastId }) => firstId === lastId);
    expect(aside.map(({ firstId }) => firstId)).toEqual(ids.slice(2_001));
    const fromNow = aside.map(({ dueAt }) => dueAt.getTime() - lane.app.clock.now().getTime());
    expect(Math.min(...fromNow)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...fromNow)).toBeLessThanOrEqual(20_000);
    expect(await lane.rows(aside.map(({ firstId }) => firstId))).toMatchObject(
      aside.map(() => ({ state: 'due', tries: 0, reason: null })),
    );
    await lane.breakOff(worker, run);
  });
});

describe('the order', () => {
  it('is that of small alerts before the bulk', async () => {
    const bulk = await lane.due(3, { bulk: true, inOneRange: true });
    const fresh = await lane.due(3);
    await lane.work(lane.worker({ concurrency: { attempts: 1, ofOneEndpoint: { first: 1, most: 1 } } }));
    expect(lane.sent()).toEqual([...fresh, ...bulk]);
  });

  it('lets what becomes due go before the bulk that is in hand', async () => {
    const worker = lane.worker({ concurrency: { attempts: 1, ofOneEndpoint: { first: 1, most: 1 } } });
    lane.receiver.script('/hook', { status: 204, delayMs: 100 }, { status: 204 });
    const bulk = await lane.due(300, { bulk: true, inOneRange: true });
    const run = worker.run(lane.stop.signal);
    await lane.receiver.waitFor(1);
    await lane.due(2, { path: '/fresh' });
    void worker.run(lane.stop.signal);
    await run;
    await worker.drain();
    const order = lane.receiver.requests.map(({ path }) => path);
    expect(order.filter((path) => path === '/fresh')).toHaveLength(2);
    expect(order.lastIndexOf('/fresh')).toBeLessThan(150);
    expect(lane.sent()).toEqual(bulk);
  });
});

describe('the pace', () => {
  it('puts off in the ledger what is not its turn for long, and does not reserve again for it', async () => {
    const worker = lane.worker({ pace: { perSecond: 0.1, of: 'destination' } });
    const ids = await lane.due(3, { inOneRange: true });
    const sent = async () => {
      await lane.work(worker);
      return lane.sent();
    };
    expect(await sent()).toEqual(ids.slice(0, 1));
    const now = lane.app.clock.now().getTime();
    expect((await lane.parcels()).map(({ dueAt }) => (dueAt.getTime() - now) / 1_000)).toEqual([10, 20]);
    lane.app.clock.advance(9);
    expect(await sent()).toEqual(ids.slice(0, 1));
    lane.app.clock.advance(1);
    expect(await sent()).toEqual(ids.slice(0, 2));
    lane.app.clock.advance(10);
    expect(await sent()).toEqual(ids);
    expect(await Promise.all(ids.map(async (id) => loggedOf(lane.app, id)))).toEqual([[], [], []]);
  });
});
