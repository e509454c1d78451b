import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { netOf } from '../support/digest-desk.js';
import { DigestScene } from '../support/digest-scene.js';
import { provisionEvent, side } from '../support/events.js';

let scene: DigestScene;
beforeAll(async () => {
  scene = await DigestScene.open();
});
afterAll(async () => scene.app.stop());

const daily = { mode: 'daily', at: '08:00' };
const step = fc.record({
  provision: fc.nat(2),
  /** Few, so that provisions go back often. */
  severity: fc.constantFrom('low', 'medium', 'high'),
  text: fc.constantFrom('You may opt out.', 'You waive a jury trial.'),
  waitS: fc.integer({ min: 60, max: 60_000 }),
  takenBack: fc.constantFrom(false, false, false, false, true),
});

/** By when each digest was sent: the provisions that it tells, what became of them, and in how many steps. */
type Told = [until: string, changes: [provision: string, kind: string, steps: number][]][];

const byText = (one: readonly unknown[], other: readonly unknown[]) =>
  String(one).localeCompare(String(other));

/** Takes the steps in at the time of the clock, with every morning's digest in between. */
async function live(steps: readonly (typeof step extends fc.Arbitrary<infer Value> ? Value : never)[]) {
  const { app, entity } = scene;
  const pass = async (seconds: number) => {
    for (let left = seconds; left > 0; left -= 3_600) {
      app.clock.advance(Math.min(left, 3_600));
      await app.work();
    }
  };
  for (const { provision, severity, text, waitS, takenBack } of steps) {
    await pass(waitS);
    const time = app.clock.now().toISOString();
    const event = provisionEvent({
      entity,
      provision: `${entity}-${provision}`,
      time,
      after: side(severity, text),
    });
    await app.postEvents([event]);
    await app.work();
    const { source, id } = event;
    const [change] = await app.database.query<{ verdict: string }>(
      'select verdict from change where source = $1 and event_id = $2',
      [source, id],
    );
    if (!takenBack || change?.verdict !== 'news') continue;
    await pass(600);
    const retraction = { ...event, type: 'provision.retracted.v1', id: `takes-back-${id}` };
    const { subject: _subject, ...given } = retraction;
    await app.postEvents([
      { ...given, time: app.clock.now().toISOString(), data: { retracts: { source, id } } },
    ]);
  }
  await pass(90_000);
}

it(
  'agrees with the digests that a watchlist that was there all along sent',
  { timeout: 300_000 },
  async () => {
    let digests = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
        await scene.begin();
        const since = scene.app.clock.now().toISOString();
        await scene.follow(daily);
        await live(steps);
        const sent: Told = scene.digests.map((digest) => [digest.until, netOf(digest).toSorted(byText)]);
        const { body } = await scene.call('POST', '/v1/watchlists/backtest', {
          follows: [{ kind: 'entity', key: scene.entity }],
          cadence: daily,
          since,
        });
        const wouldBe: Told = body.items
          .toReversed()
          .map(({ until, changes }: any) => [
            until,
            changes
              .map((change: any) => [change.provision.id, change.delta.kind, change.steps.length])
              .toSorted(byText),
          ]);
        expect(wouldBe).toEqual(sent);
        digests += sent.length;
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(digests).toBeGreaterThan(8);
  },
);
