import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/platform/free-port.js';
import { provisionEvent, side } from '../support/events.js';
import { newRandom } from './random.js';
import { sized } from './size.js';
import { setStage, type Stage } from './stage.js';
import { printTable } from './table.js';
import { until } from './wait.js';

const kills = sized({ short: 2, whole: 20 });
const clients = 3;
const mostEvents = 20;
const environment = { ROLES: 'web' };

/** One request, as its client saw it. Each is a revision that says how many events it has. */
type Batch = { ids: string[]; events: unknown[]; tries: number; statuses: string[] };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

it(
  'every event that was answered is there, and the others can be sent again',
  { timeout: 300_000 },
  async () => {
    const random = newRandom();
    const { fleet, ledger } = stage;
    const port = await freePort();
    let web = await fleet.start('web', environment, port);
    await web.ready();

    const enough = new AbortController();
    const batches: Batch[] = [];
    const client = async () => {
      while (!enough.signal.aborted) {
        const batch = newBatch(batches.length, 1 + Math.floor(random.between(0, mostEvents)));
        batches.push(batch);
        while (!(await taken(web.url, batch))) await delay(50);
      }
    };
    const running = Array.from({ length: clients }, client);
    for (let kill = 0; kill < kills; kill++) {
      await web.ready();
      await delay(random.between(20, sized({ short: 500, whole: 1_500 })));
      await web.kill();
      web = await fleet.start('web', environment, port);
    }
    await web.ready();
    await delay(200);
    enough.abort();
    await Promise.all(running);

    const sent = batches.flatMap(({ ids }) => ids);
    const known = async () => {
      const changes = await ledger.changes();
      expect(changes.filter(({ count }) => count !== 1)).toEqual([]);
      return changes.map(({ eventId }) => eventId).toSorted();
    };
    expect(await known()).toEqual(sent.toSorted());
    // A batch is there whole or not at all, and what was answered at the first try was new.
    for (const { tries, statuses } of batches) {
      expect(new Set(statuses).size).toBe(1);
      if (tries === 1) expect(statuses[0]).toBe('accepted');
    }
    const again = batches.filter(({ tries }) => tries > 1);
    for (const batch of batches) {
      expect(await taken(web.url, batch)).toBe(true);
      expect(new Set(batch.statuses)).toEqual(new Set(['duplicate']));
    }
    expect(await known()).toEqual(sent.toSorted());
    await until(
      stage,
      'each revision has settled',
      async () => (await ledger.countMade()).settled === batches.length,
      {
        seconds: 5,
      },
    );
    expect(fleet.fallen()).toEqual([]);
    printTable(`The intake killed ${kills} times (seed ${random.seed})`, [
      {
        requests: batches.length,
        events: sent.length,
        'sent again': again.length,
        missing: 0,
        twice: 0,
      },
    ]);
  },
);

function newBatch(number: number, size: number): Batch {
  const document = `intake-${number}`;
  const events = Array.from({ length: size }, (_, part) =>
    provisionEvent({
      // All meet in a few entities, whose roll-ups they change.
      entity: `entity-${number % 5}`,
      document,
      provision: `${document}-${part}`,
      after: side('medium'),
      revision: { id: 'r1', size },
    }),
  );
  return { ids: events.map(({ id }) => id), events, tries: 0, statuses: [] };
}

/** Sends a batch once. @returns whether it was answered 202 */
async function taken(url: string, batch: Batch): Promise<boolean> {
  batch.tries += 1;
  try {
    const answer = await stage.send(url, batch.events);
    if (answer.status !== 202) return false;
    const { results } = (await answer.json()) as { results: { status: string }[] };
    batch.statuses = results.map(({ status }) => status);
    return true;
  } catch {
    // Killed before it answered: whether it kept the batch, nobody knows.
    return false;
  }
}
