import { expect, it, vi } from 'vitest';
import { Pacer } from '../../src/deliveries/pacer.js';
import { Database } from '../../src/platform/database.js';
import { WebhookLane } from '../support/webhook-lane.js';

const lane = new WebhookLane();

/** Has the database refuse to record how a delivery ended. */
const refusing = async (id: string, work: () => Promise<void>) => {
  const { database } = lane.app;
  await database.execute(
    `alter table delivery add constraint refused check (id <> ${id} or state = 'due') not valid`,
  );
  try {
    await work();
  } finally {
    await database.execute(`alter table delivery drop constraint refused`);
  }
};

it.each([true, false])(
  'is said, left to its lease and sent again: what could not be recorded (in one range: %j)',
  async (inOneRange) => {
    const ids = await lane.due(3, { inOneRange });
    const worker = lane.worker();
    await refusing(ids[1]!, async () => lane.work(worker));
    expect(await lane.states(ids)).toEqual(['delivered', 'due', 'delivered']);
    expect(lane.lines.map((line) => JSON.parse(line))).toMatchObject([
      { deliveryId: ids[1], msg: 'a delivery could not be recorded' },
    ]);
    lane.app.clock.advance(89);
    await lane.work(worker);
    expect(lane.receiver.requests).toHaveLength(3);
    lane.app.clock.advance(2);
    await lane.work(worker);
    expect(await lane.states(ids)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(lane.sent().toSorted()).toEqual([...ids, ids[1]!].map(String).toSorted());
    expect(await lane.parcels()).toEqual([]);
  },
);

it('is not kept by a worker that goes on: the lease of what could not be recorded', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const ids = await lane.due(2, { inOneRange: true });
  lane.receiver.script('/other', 'hang');
  await lane.due(1, { path: '/other' });
  const worker = lane.worker();
  const run = worker.run(lane.stop.signal);
  await refusing(ids[0]!, async () => {
    await lane.receiver.waitFor(3);
    await vi.waitUntil(() => lane.lines.length > 0, { timeout: 20_000 });
  });
  const unrecorded = async () => (await lane.parcels()).find(({ firstId }) => firstId === ids[0]);
  const other = async () => (await lane.parcels()).find(({ firstId }) => firstId !== ids[0]);
  const before = [await unrecorded(), await other()];
  lane.app.clock.advance(20);
  vi.advanceTimersByTime(20_000);
  await vi.waitUntil(async () => Number((await other())?.dueAt) > Number(before[1]?.dueAt), {
    timeout: 20_000,
  });
  expect(await unrecorded()).toEqual(before[0]);
  await lane.breakOff(worker, run);
});

it('is left to its lease: what was read and could not be put in order', async () => {
  const gone = await Database.connect((lane.app.database.source.options as { url: string }).url);
  await gone.close();
  const pace = { perSecond: 1, of: 'destination' } as const;
  const broken = lane.worker({ pace }, { pacer: new Pacer(gone, lane.app.clock) });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const ids = await lane.due(1);
  await expect(broken.run(lane.stop.signal)).rejects.toThrow(/driver|connect/i);
  // Nothing prolongs it.
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  lane.app.clock.advance(91);
  await lane.work();
  expect(await lane.states(ids)).toEqual(['delivered']);
  await broken.drain();
});
