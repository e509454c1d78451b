import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { blocked, hold } from '../support/database-locks.js';
import { slots, WebhookLane } from '../support/webhook-lane.js';

const lane = new WebhookLane();

describe('a worker', () => {
  it('sends all that is due and leaves nothing behind', async () => {
    const ids = [
      ...(await lane.due(3 * slots)),
      ...(await lane.due(3 * slots, { inOneRange: true })),
      ...(await lane.due(3 * slots, { inOneRange: true, bulk: true })),
    ];
    const worker = lane.worker();
    await worker.run(lane.stop.signal);
    // The signal outlives it.
    expect(getEventListeners(lane.stop.signal, 'abort')).toEqual([]);
    await worker.drain();
    expect(lane.sent().toSorted()).toEqual(ids.toSorted());
    expect(new Set(await lane.states(ids))).toEqual(new Set(['delivered']));
    expect(await lane.parcels()).toEqual([]);
  });

  it('works off more than it takes in hand, whatever rings meanwhile', async () => {
    const ids = await lane.due(700);
    const worker = lane.worker();
    const run = worker.run(lane.stop.signal);
    await lane.receiver.waitFor(10);
    void worker.run(lane.stop.signal);
    await run;
    await worker.drain();
    expect(lane.sent().toSorted()).toEqual(ids.toSorted());
    expect(await lane.parcels()).toEqual([]);
  });

  it('has no more under way than it has slots, and stops at once when it is told to', async () => {
    lane.receiver.script('/hook', 'hang');
    const ids = await lane.due(3 * slots, { inOneRange: true });
    const worker = lane.worker();
    const run = worker.run(lane.stop.signal);
    await lane.receiver.waitFor(slots);
    lane.stop.abort();
    await run;
    // It came back at once, and not when an attempt had ended.
    expect(await lane.rows(ids)).toMatchObject(ids.map(() => ({ state: 'due', tries: 0 })));
    expect(lane.receiver.requests).toHaveLength(slots);
    await lane.breakOff(worker, run);
    const tried = (await lane.rows(ids)).filter(({ tries }) => tries === 1);
    expect(tried.map(({ id }) => id)).toEqual(ids.slice(0, slots));
    // What was not begun is given back, and each that failed has a parcel of its own.
    const [range, ...singles] = (await lane.parcels()).toSorted((a, b) => Number(a.id) - Number(b.id));
    expect(range).toMatchObject({ firstId: ids[0], lastId: ids.at(-1), claim: null, claims: 0 });
    expect(singles.map(({ firstId }) => firstId).toSorted()).toEqual(ids.slice(0, slots).toSorted());
  });

  it('gives back what it had claimed when it is told to stop before sending', async () => {
    const ids = await lane.due(slots);
    const worker = lane.worker();
    const runs = await hold(lane.app.database, 'lock table delivery in access exclusive mode', async () => {
      const run = worker.run(lane.stop.signal);
      await blocked(lane.app.database, 1);
      expect((await lane.parcels()).every(({ claim }) => claim !== null)).toBe(true);
      lane.stop.abort();
      return [run];
    });
    await Promise.all(runs);
    await worker.drain();
    expect(lane.receiver.requests).toEqual([]);
    expect(await lane.rows(ids)).toMatchObject(ids.map(() => ({ state: 'due', tries: 0 })));
    expect(await lane.parcels()).toMatchObject(ids.map(() => ({ claim: null, claims: 0 })));
  });

  it('puts off what workers took up again and again and did not survive, and loses nothing', async () => {
    const [id] = await lane.due(1);
    await lane.app.database.execute('update parcel set claims = 5 where first_id = $1', [id]);
    const before = lane.app.clock.now().getTime();
    const worker = lane.worker();
    await worker.run(lane.stop.signal);
    await worker.drain();
    expect(lane.receiver.requests).toEqual([]);
    const reason = 'each worker that took it up ended before the attempt did';
    expect(await lane.rows([id!])).toMatchObject([{ state: 'due', tries: 1, reason }]);
    expect(await lane.parcels()).toMatchObject([{ firstId: id, claim: null, claims: 0 }]);
    const [parcel] = await lane.parcels();
    expect(parcel!.dueAt.getTime()).toBeGreaterThan(before + 3_000);

    lane.app.clock.advance(7);
    const next = lane.worker();
    await next.run(lane.stop.signal);
    await next.drain();
    expect(lane.sent()).toEqual([id]);
  });

  it('sends what it has read when the database fails a claim beside it', async () => {
    const { database } = lane.app;
    const ids = await lane.due(2 * slots, { inOneRange: true, bulk: true });
    let claims = 0;
    const failing = Object.create(database, {
      query: {
        value: async (sql: string, parameters: unknown[]) => {
          // The first two find what is due; the next run beside the reading of it.
          if (sql.includes('with picked') && ++claims > 2 && claims < 5)
            throw new Error('the connection broke');
          return database.query(sql, parameters);
        },
      },
    });
    const worker = lane.worker({}, { database: failing });
    await worker.run(lane.stop.signal).catch(() => undefined);
    await worker.run(lane.stop.signal);
    await worker.drain();
    expect(claims).toBeGreaterThan(4);
    expect(lane.sent().toSorted()).toEqual(ids.toSorted());
    expect(new Set(await lane.states(ids))).toEqual(new Set(['delivered']));
    expect(await lane.parcels()).toEqual([]);
  });

  it('asks the ledger no more than it has to while all its slots are taken', async () => {
    lane.receiver.script('/hook', 'hang');
    const { database } = lane.app;
    let asked = 0;
    const counting = Object.create(database, {
      query: { value: async (...of: [string, unknown[]]) => (asked++, database.query(...of)) },
    });
    const worker = lane.worker(
      { concurrency: { attempts: slots, ofOneEndpoint: { first: 2, most: 2 } } },
      { database: counting },
    );
    await lane.due(slots);
    const run = worker.run(lane.stop.signal);
    await lane.receiver.waitFor(2);
    const before = asked;
    for (let n = 0; n < 100; n++) await database.query('select 1');
    expect(asked - before).toBeLessThan(20);
    await lane.breakOff(worker, run);
  });
});
