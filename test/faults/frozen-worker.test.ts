import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOwnPostgres, type OwnPostgres } from './own-postgres.js';
import { newRandom } from './random.js';
import { lanes } from './receipts.js';
import { isWhole, sized } from './size.js';
import { setStage, type Stage } from './stage.js';
import { printTable } from './table.js';
import { expectNothingLost, outage, waking } from './verdict.js';
import { until, untilDelivered } from './wait.js';

const accounts = sized({ short: 60, whole: 1_500 });
const withinS = sized({ short: 90, whole: 240 });
/**
 * What the woken one may still send: mail that lay ready in its connections. In the short form it has not overslept by its
 * own reckoning, as its lease was ended for it: it learns of that when it records, and may send what it holds until then.
 */
const mostAfterWaking = sized({ short: 256, whole: 5 });
/** How long the woken one is watched, at least. */
const watchMs = sized({ short: 2_000, whole: 10_000 });

let postgres: OwnPostgres;
let stage: Stage;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  stage = await setStage({ databaseUrl: postgres.url });
});
afterAll(async () => {
  await stage.close();
  await postgres.stop();
});

it(
  'a worker that is frozen past its lease and wakes changes nothing any more',
  { timeout: 400_000 },
  async () => {
    const random = newRandom();
    const { fleet, ledger, sinks } = stage;
    const sleeper = await fleet.start('sleeper', { ROLES: 'web,worker' });
    const other = await fleet.start('other', { ROLES: 'web,worker' });
    await Promise.all(fleet.members.map((member) => member.ready()));
    await stage.makeFollowers(accounts);

    // Nothing is answered, and nobody else takes any: it comes to stand still with as much in hand as it takes.
    other.freeze();
    const heldAt = performance.now();
    const letGo = sinks.hold();
    await stage.post(sleeper);
    let before = -1;
    const standsStill = () => {
      const now = sinks.receipts.all.length;
      const is = now === before && lanes.every((lane) => countOf(lane) > 0);
      before = now;
      return is;
    };
    await until(stage, 'it stands still', standsStill, { seconds: withinS, everyMs: 500 });
    const frozenAt = performance.now();
    sleeper.freeze();
    letGo();
    other.thaw();
    // The whole form waits for them to run out.
    if (!isWhole) await ledger.endLeasesOf(sleeper.holder);
    const tookOver = await untilDelivered(stage, { seconds: withinS });

    const atRest = await ledger.deliveries();
    const received = new Map(lanes.map((lane) => [lane, countOf(lane)]));
    const wokenAt = performance.now();
    sleeper.thaw();
    await delay(watchMs);
    await until(stage, 'the woken one stands still', standsStill, { seconds: withinS, everyMs: 1_000 });
    const late = lanes.map((lane) => countOf(lane) - (received.get(lane) ?? 0));
    expect(await ledger.deliveries()).toEqual(atRest);
    expect(await sleeper.isHealthy()).toBe(true);
    for (const count of late) expect(count).toBeLessThanOrEqual(mostAfterWaking);

    // It works on as if nothing had been.
    const woken = (await sleeper.finished()) ?? 0;
    await until(
      stage,
      'the woken one works again',
      async () => {
        await stage.post(other);
        return ((await sleeper.finished()) ?? 0) > woken;
      },
      { seconds: 20, everyMs: 500 },
    );
    await untilDelivered(stage, { seconds: withinS });
    const counts = await expectNothingLost(stage, [outage(stage, heldAt, frozenAt, 1), waking(wokenAt)]);
    expect(fleet.fallen()).toEqual([]);
    // What it had in flight was sent again by the other: without that, nothing would have been tried.
    for (const { repeats } of counts) expect(repeats).toBeGreaterThan(0);
    printTable(
      `A worker frozen for ${((wokenAt - frozenAt) / 1_000).toFixed(0)} s, its lease ${isWhole ? 'run' : 'taken'} out; all was delivered after ${tookOver.toFixed(1)} s (seed ${random.seed})`,
      counts.map((row, index) => ({ ...row, 'sent after waking': late[index] ?? 0 })),
    );

    function countOf(lane: string): number {
      return sinks.receipts.all.filter((receipt) => receipt.lane === lane).length;
    }
  },
);
