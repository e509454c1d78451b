import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isWhole, sized } from './size.js';
import { setStage, type Stage } from './stage.js';
import { printTable } from './table.js';
import { expectNothingLost } from './verdict.js';
import { until, untilDelivered } from './wait.js';

const accounts = sized({ short: 300, whole: 5_000 });
const warmUpS = sized({ short: 0.3, whole: 5 });
const freeS = sized({ short: 1, whole: 30 });
const heldS = sized({ short: 5, whole: 60 });
const withinS = 60;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  // One lane at its full speed, rather than three that share two cores.
  await stage.makeFollowers(accounts, ['webhook']);
});
afterAll(() => stage.close());

it(
  'a transaction that somebody leaves open does not halve the throughput',
  { timeout: 300_000 },
  async () => {
    const { fleet, ledger, sinks } = stage;
    const { all } = sinks.receipts;
    const worker = await fleet.start('worker', { ROLES: 'web,worker' });
    await worker.ready();

    /** Keeps work waiting for so long. @returns messages a second */
    const throughput = async (seconds: number) => {
      const from = performance.now();
      const before = all.length;
      while (performance.now() - from < seconds * 1_000) {
        if (stage.due - all.length < 2 * accounts) await stage.post(worker);
        else await delay(5);
      }
      return (all.length - before) / ((performance.now() - from) / 1_000);
    };
    await stage.post(worker);
    await until(stage, 'the first message', () => all.length > 0, { seconds: withinS });
    await throughput(warmUpS);
    const free = await throughput(freeS);
    const letGo = await ledger.holdSnapshot();
    const parts: number[] = [];
    for (let part = 0; part < 6; part++) parts.push(await throughput(heldS / 6));
    await letGo();
    const held = parts.reduce((sum, part) => sum + part, 0) / parts.length;
    const after = await throughput(freeS / 3);

    await untilDelivered(stage, { seconds: withinS });
    await expectNothingLost(stage, []);
    expect(fleet.fallen()).toEqual([]);
    printTable(`A transaction left open by somebody else for ${heldS} s, webhooks a second of one worker`, [
      { '': 'without it', 'a second': free.toFixed(0) },
      ...parts.map((part, index) => ({ '': `with it, sixth ${index + 1}`, 'a second': part.toFixed(0) })),
      { '': 'with it, in all', 'a second': held.toFixed(0), ratio: (held / free).toFixed(2) },
      { '': 'after it', 'a second': after.toFixed(0), ratio: (after / free).toFixed(2) },
    ]);
    if (isWhole) expect(held / free).toBeGreaterThanOrEqual(0.5);
  },
);
