import { getEventListeners } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { LaneWorker } from '../../src/deliveries/lane-worker.js';
import { WORKER_PARTS, type WorkerParts } from '../../src/deliveries/worker-parts.js';
import { Pacer } from '../../src/deliveries/pacer.js';
import { Database } from '../../src/platform/database.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { blocked, hold } from '../support/database-locks.js';
import { loggedOf, makeDue, parcelsOf, rowsOf } from '../support/due-deliveries.js';
import { webhookTo } from '../support/watching.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const slots = 4;

let app: TestApp;
let receiver: WebhookReceiver;
let account: TestAccount;
let worker: LaneWorker;
let stop: AbortController;
const lines: string[] = [];

beforeAll(async () => {
  app = await startApp(
    { LOG_LEVEL: 'error', WEBHOOK_PER_S: '0' },
    { write: (line) => void lines.push(line) },
  );
});
afterAll(async () => app.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  account = await app.createAccount();
  worker = workerWith();
  stop = new AbortController();
  lines.length = 0;
  await app.database.execute(`delete from delivery`);
  await app.database.execute(`delete from parcel`);
});
afterEach(async () => {
  vi.useRealTimers();
  await receiver.close();
});

/** A worker of the real channel, with as few slots as a test can fill. */
const workerWith = (channel: Partial<Channel> = {}, parts: Partial<WorkerParts> = {}) => {
  const real = app.app.get(ChannelRegistry).find('webhook');
  if (!real) throw new Error('there is no webhook channel');
  const few = { attempts: slots, ofOneEndpoint: slots };
  const all = { ...app.app.get<WorkerParts>(WORKER_PARTS), ...parts };
  return new LaneWorker({ ...real, concurrency: few, ...channel }, all);
};
/** Has tests on their way to a path of the receiver. @returns their ids */
const due = async (count: number, options: { bulk?: boolean; inOneRange?: boolean; path?: string } = {}) => {
  const { path = '/hook', ...more } = options;
  const { id } = await webhookTo(app, account, receiver.url(path));
  return makeDue(app, count, { accountId: account.id, destinationId: id, ...more });
};
const rows = async (ids: readonly string[]) => rowsOf(app, ids);
const states = async (ids: readonly string[]) => (await rows(ids)).map(({ state }) => state);
const parcels = async () => parcelsOf(app, 'webhook');
const sent = (path = '/hook') =>
  receiver.requests
    .filter((request) => request.path === path)
    .map(({ headers }) => String(headers['webhook-id']).replace('msg_', ''));

describe('a worker', () => {
  it('sends all that is due and leaves nothing behind', async () => {
    const ids = [
      ...(await due(3 * slots)),
      ...(await due(3 * slots, { inOneRange: true })),
      ...(await due(3 * slots, { inOneRange: true, bulk: true })),
    ];
    await worker.run(stop.signal);
    // The signal outlives it.
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    await worker.drain();
    expect(sent().toSorted()).toEqual(ids.toSorted());
    expect(new Set(await states(ids))).toEqual(new Set(['delivered']));
    expect(await parcels()).toEqual([]);
  });

  it('has no more under way than it has slots, and stops at once when it is told to', async () => {
    receiver.script('/hook', 'hang');
    const ids = await due(3 * slots, { inOneRange: true });
    const run = worker.run(stop.signal);
    await receiver.waitFor(slots);
    stop.abort();
    await run;
    // It came back at once, and not when an attempt had ended.
    expect(await rows(ids)).toMatchObject(ids.map(() => ({ state: 'due', tries: 0 })));
    expect(receiver.requests).toHaveLength(slots);
    // Breaks the attempts off, so that they end.
    await receiver.close();
    await worker.drain();
    receiver = await startWebhookReceiver();
    const tried = (await rows(ids)).filter(({ tries }) => tries === 1);
    expect(tried.map(({ id }) => id).toSorted()).toEqual(ids.slice(0, slots).toSorted());
    // What was not begun is given back, and each that failed has a parcel of its own.
    const [range, ...singles] = (await parcels()).toSorted((one, other) => Number(one.id) - Number(other.id));
    expect(range).toMatchObject({ firstId: ids[0], lastId: ids.at(-1), claim: null, claims: 0 });
    expect(singles.map(({ firstId }) => firstId).toSorted()).toEqual(ids.slice(0, slots).toSorted());
  });

  it('gives back what it had claimed when it is told to stop before sending', async () => {
    const ids = await due(slots);
    const runs = await hold(app.database, 'lock table delivery in access exclusive mode', async () => {
      const run = worker.run(stop.signal);
      await blocked(app.database, 1);
      expect((await parcels()).every(({ claim }) => claim !== null)).toBe(true);
      stop.abort();
      return [run];
    });
    await Promise.all(runs);
    await worker.drain();
    expect(receiver.requests).toEqual([]);
    expect(await rows(ids)).toMatchObject(ids.map(() => ({ state: 'due', tries: 0 })));
    expect(await parcels()).toMatchObject(ids.map(() => ({ claim: null, claims: 0 })));
  });

  it('asks the ledger no more than it has to while all its slots are taken', async () => {
    receiver.script('/hook', 'hang');
    let asked = 0;
    const counting = Object.create(app.database, {
      query: { value: async (...of: [string, unknown[]]) => (asked++, app.database.query(...of)) },
    });
    worker = workerWith({ concurrency: { attempts: slots, ofOneEndpoint: 2 } }, { database: counting });
    await due(slots);
    const run = worker.run(stop.signal);
    await receiver.waitFor(2);
    const before = asked;
    for (let n = 0; n < 100; n++) await app.database.query('select 1');
    expect(asked - before).toBeLessThan(20);
    stop.abort();
    await run;
    await receiver.close();
    await worker.drain();
    receiver = await startWebhookReceiver();
  });
});

describe('what could not be recorded', () => {
  const refusing = async (id: string, work: () => Promise<void>) => {
    await app.database.execute(
      `alter table delivery add constraint refused check (id <> ${id} or state = 'due') not valid`,
    );
    try {
      await work();
    } finally {
      await app.database.execute(`alter table delivery drop constraint refused`);
    }
  };

  it.each([true, false])(
    'is said, left to its lease and sent again (in one range: %j)',
    async (inOneRange) => {
      const ids = await due(3, { inOneRange });
      await refusing(ids[1]!, async () => {
        await worker.run(stop.signal);
        await worker.drain();
      });
      expect(await states(ids)).toEqual(['delivered', 'due', 'delivered']);
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        { deliveryId: ids[1], msg: 'a delivery could not be recorded' },
      ]);
      app.clock.advance(89);
      await worker.run(stop.signal);
      await worker.drain();
      expect(receiver.requests).toHaveLength(3);
      app.clock.advance(2);
      await worker.run(stop.signal);
      await worker.drain();
      expect(await states(ids)).toEqual(['delivered', 'delivered', 'delivered']);
      expect(sent().toSorted()).toEqual([...ids, ids[1]].toSorted());
      expect(await parcels()).toEqual([]);
    },
  );

  it('is not kept by a worker that goes on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const ids = await due(2, { inOneRange: true });
    receiver.script('/other', 'hang');
    await due(1, { path: '/other' });
    const run = worker.run(stop.signal);
    await refusing(ids[0]!, async () => {
      await receiver.waitFor(3);
      await vi.waitUntil(() => lines.length > 0);
    });
    const leased = (await parcels()).find(({ firstId }) => firstId === ids[0]);
    const [other] = (await parcels()).filter(({ firstId }) => firstId !== ids[0]);
    app.clock.advance(20);
    vi.advanceTimersByTime(20_000);
    await vi.waitUntil(async () =>
      (await parcels()).some(({ id, dueAt }) => id === other?.id && dueAt > other.dueAt),
    );
    expect((await parcels()).find(({ firstId }) => firstId === ids[0])).toEqual(leased);
    stop.abort();
    await run;
    await receiver.close();
    await worker.drain();
    receiver = await startWebhookReceiver();
  });
});

it('leaves to its lease what it read and could not put in order', async () => {
  const gone = await Database.connect((app.database.source.options as { url: string }).url);
  await gone.close();
  const pace = { perSecond: 1, of: 'destination' } as const;
  const broken = workerWith({ pace }, { pacer: new Pacer(gone, app.clock) });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const ids = await due(1);
  await expect(broken.run(stop.signal)).rejects.toThrow();
  // Nothing prolongs it.
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  app.clock.advance(91);
  await worker.run(stop.signal);
  await worker.drain();
  expect(await states(ids)).toEqual(['delivered']);
  await broken.drain();
});

describe('one endpoint', () => {
  it('takes no more than its share, and what is over it waits for its turn', async () => {
    worker = workerWith({ concurrency: { attempts: slots, ofOneEndpoint: 2 } });
    receiver.script('/slow', 'hang');
    const slow = await due(6, { path: '/slow' });
    const others = await due(6);
    const run = worker.run(stop.signal);
    await receiver.waitFor(8);
    await vi.waitUntil(async () => (await states(others)).every((state) => state === 'delivered'));
    expect(sent('/slow')).toHaveLength(2);
    expect(await rows(slow)).toMatchObject(slow.map(() => ({ state: 'due', tries: 0 })));
    stop.abort();
    await run;
    await receiver.close();
    await worker.drain();
    receiver = await startWebhookReceiver();
  });

  it('gets all in the end that waited for its share', async () => {
    worker = workerWith({ concurrency: { attempts: slots, ofOneEndpoint: 1 } });
    const ids = await due(20, { inOneRange: true });
    await worker.run(stop.signal);
    await worker.drain();
    expect(sent()).toEqual(ids);
    expect(await parcels()).toEqual([]);
  });

  it('has what finds no place to wait set aside in the ledger, for later', async () => {
    worker = workerWith({ concurrency: { attempts: slots, ofOneEndpoint: 1 } });
    receiver.script('/hook', 'hang');
    const ids = await due(2_100, { inOneRange: true });
    const run = worker.run(stop.signal);
    await receiver.waitFor(1);
    // One is under way, and 2,000 wait in memory.
    await vi.waitUntil(async () => (await parcels()).length > 99);
    stop.abort();
    await run;
    const aside = (await parcels()).filter(({ firstId, lastId }) => firstId === lastId);
    expect(aside.map(({ firstId }) => firstId)).toEqual(ids.slice(2_001));
    const fromNow = aside.map(({ dueAt }) => dueAt.getTime() - app.clock.now().getTime());
    expect(Math.min(...fromNow)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...fromNow)).toBeLessThanOrEqual(20_000);
    expect(await rows(aside.map(({ firstId }) => firstId))).toMatchObject(
      aside.map(() => ({ state: 'due', tries: 0, reason: null })),
    );
    await receiver.close();
    await worker.drain();
    receiver = await startWebhookReceiver();
  });
});

describe('the order', () => {
  it('is that of small alerts before the bulk', async () => {
    worker = workerWith({ concurrency: { attempts: 1, ofOneEndpoint: 1 } });
    const bulk = await due(3, { bulk: true, inOneRange: true });
    const fresh = await due(3);
    await worker.run(stop.signal);
    await worker.drain();
    expect(sent()).toEqual([...fresh, ...bulk]);
  });

  it('lets what becomes due go before the bulk that is in hand', async () => {
    worker = workerWith({ concurrency: { attempts: 1, ofOneEndpoint: 1 } });
    receiver.script('/hook', { status: 204, delayMs: 100 }, { status: 204 });
    const bulk = await due(300, { bulk: true, inOneRange: true });
    const run = worker.run(stop.signal);
    await receiver.waitFor(1);
    const fresh = await due(2, { path: '/fresh' });
    void worker.run(stop.signal);
    await run;
    await worker.drain();
    const order = receiver.requests.map(({ path }) => path);
    expect(order.filter((path) => path === '/fresh')).toHaveLength(fresh.length);
    expect(order.lastIndexOf('/fresh')).toBeLessThan(100);
    expect(sent()).toEqual(bulk);
  });
});

describe('the pace', () => {
  it('puts off in the ledger what is not its turn for long, and does not reserve again for it', async () => {
    worker = workerWith({ pace: { perSecond: 0.1, of: 'destination' } });
    const ids = await due(3, { inOneRange: true });
    const run = async () => {
      await worker.run(stop.signal);
      await worker.drain();
      return sent();
    };
    expect(await run()).toEqual(ids.slice(0, 1));
    const inSeconds = (await parcels()).map(
      ({ dueAt }) => (dueAt.getTime() - app.clock.now().getTime()) / 1_000,
    );
    expect(inSeconds).toEqual([10, 20]);
    app.clock.advance(9);
    expect(await run()).toEqual(ids.slice(0, 1));
    app.clock.advance(1);
    expect(await run()).toEqual(ids.slice(0, 2));
    app.clock.advance(10);
    expect(await run()).toEqual(ids);
    expect(await Promise.all(ids.map(async (id) => loggedOf(app, id)))).toEqual([[], [], []]);
  });
});
