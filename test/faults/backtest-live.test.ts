import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { ChangeService } from '../../src/changes/change.service.js';
import { readEventLine } from '../../src/intake/cloud-events.js';
import { Intake } from '../../src/intake/intake.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { watch } from '../support/watching.js';
import { isWhole, sized } from './size.js';

const histories = sized({ short: 12, whole: 400 });
const settleS = 30;

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ REVISION_SETTLE_S: String(settleS) });
});
afterAll(async () => app.stop());

const severity = fc.constantFrom('low', 'medium', 'high');
/** Few states, so that provisions go back often. */
const state = fc.option(
  fc.record({
    severity,
    text: fc.constantFrom('You may opt out.', 'You MAY opt out!', 'You waive a jury trial.'),
  }),
  { freq: 5 },
);
const step = fc.record({
  /** Of two documents, each with two. */
  provision: fc.nat(3),
  state,
  /** Alone, one of a revision of two, or one of a revision of unknown size that stays open until nothing more comes. */
  revision: fc.constantFrom('alone', 'alone', 'sized', 'open'),
  /** From moments to a week: shorter ones than a revision takes to settle, and longer ones than flapping takes to rest. */
  waitS: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 600, max: 200_000 })),
  kind: fc.constantFrom('seen', 'seen', 'seen', 'seen', 'seen', 'late', 'silent'),
  /** Whether the archive takes it back, before it is told or when the next step comes. */
  takenBack: fc.constantFrom('no', 'no', 'no', 'no', 'no', 'at once', 'later'),
});
const rule = fc.record(
  {
    minSeverity: severity,
    direction: fc.constantFrom('any', 'rises', 'falls'),
    minChange: fc.nat(2),
    kinds: fc.uniqueArray(
      fc.constantFrom('introduced', 'withdrawn', 'escalated', 'eased', 'reworded', 'cosmetic'),
      { minLength: 1 },
    ),
    keywords: fc.constantFrom('jury', '"opt out"', 'opt -jury', 'waive or out'),
  },
  { requiredKeys: [] },
);
const followed = fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 3 });
const history = fc.record({
  steps: fc.array(step, { minLength: 3, maxLength: 18 }),
  watchlists: fc.array(fc.record({ rule, followed }), { minLength: 2, maxLength: 3 }),
});
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

let cases = 0;

/** The `n`th thing to follow in an entity. */
function subjects(entity: string): [string, string][] {
  return [
    ['entity', entity],
    ['document', `${entity}-d0`],
    ['document', `${entity}-d1`],
    ['provision', `${entity}-p0`],
    ['provision', `${entity}-p3`],
    ['clause-type', `${entity}-odd`],
    ['category', `${entity}-even`],
  ];
}

/**
 * Has the archive take back what it told. Not what undid something: that would stand again, and nobody could tell from what is known
 * then that it was not told meanwhile.
 *
 * @returns whether its provision is in force by then; null when nothing was taken back
 */
async function takeBack(event: { source: string; id: string; subject: string }): Promise<boolean | null> {
  const [change] = await app.database.query<{ verdict: string }>(
    'select verdict from change where source = $1 and event_id = $2',
    [event.source, event.id],
  );
  if (change?.verdict !== 'news') return null;
  const retraction = {
    specversion: '1.0',
    type: 'provision.retracted.v1',
    source: event.source,
    id: `takes-back-${event.id}`,
    time: app.clock.now().toISOString(),
    data: { retracts: { id: event.id } },
  };
  await app.app.get(Intake).take([readEventLine(JSON.stringify(retraction))], { silent: false });
  const [provision] = await app.database.query<{ rank: number }>('select rank from provision where id = $1', [
    event.subject,
  ]);
  return provision !== undefined && provision.rank > 0;
}

async function settleAndFanOut(): Promise<void> {
  await app.app.get(ChangeService).settleQuiet();
  await app.app.get(FanOut).run(new AbortController().signal);
}

/** Lets time go by, and stops at the moment at which the newest revision may settle. */
async function wait(seconds: number): Promise<void> {
  if (seconds >= settleS) {
    app.clock.advance(settleS);
    await settleAndFanOut();
  }
  app.clock.advance(seconds >= settleS ? seconds - settleS : seconds);
  await settleAndFanOut();
}

/** Takes the steps in one after the other, as they come, each at the time of the clock. */
async function live(entity: string, steps: History['steps']): Promise<void> {
  const longAgo = new Date(app.clock.now().getTime() - 86_400_000).toISOString();
  const inForce = new Map<number, boolean>();
  const sizes = new Map<number, number>();
  let toTakeBack: { event: ReturnType<typeof provisionEvent>; provision: number } | null = null;
  const takeBackNow = async () => {
    const inForceNow = toTakeBack && (await takeBack(toTakeBack.event));
    if (toTakeBack && inForceNow !== null) inForce.set(toTakeBack.provision, inForceNow);
    toTakeBack = null;
  };
  for (const { provision, state: now, revision, waitS, kind, takenBack } of steps) {
    await wait(waitS);
    await takeBackNow();
    const isKnown = inForce.has(provision);
    // What is not in force can't be withdrawn, and only what is known can come late.
    if (now === null && inForce.get(provision) !== true) continue;
    const isLate = kind === 'late' && isKnown && now !== null;
    const document = provision % 2;
    const pair = sizes.get(document) ?? 0;
    if (revision === 'sized') sizes.set(document, pair + 1);
    const event = provisionEvent({
      entity,
      document: `${entity}-d${document}`,
      provision: `${entity}-p${provision}`,
      clauseType: `${entity}-${document === 1 ? 'odd' : 'other'}`,
      categories: document === 0 ? [`${entity}-even`] : [],
      time: isLate ? longAgo : app.clock.now().toISOString(),
      after: now && side(now.severity, now.text),
      ...(revision === 'sized' && { revision: { id: `pair-${Math.floor(pair / 2)}`, size: 2 } }),
      ...(revision === 'open' && { revision: { id: 'open' } }),
    });
    await app.app.get(Intake).take([readEventLine(JSON.stringify(event))], { silent: kind === 'silent' });
    if (!isLate) inForce.set(provision, now !== null);
    if (takenBack !== 'no') toTakeBack = { event, provision };
    if (takenBack === 'at once') await takeBackNow();
    await settleAndFanOut();
  }
  await wait(3 * settleS);
}

/** The changes of each alert, alerts and changes in an order of their own. */
async function alerted(account: TestAccount): Promise<string[]> {
  const rows = await app.database.query<{ change_ids: string[] }>(
    'select change_ids from alert where account_id = $1',
    [account.id],
  );
  return rows.map(({ change_ids: ids }) => ids.toSorted().join()).toSorted();
}

it(
  'a backtest says what a watchlist that was there all along alerted to',
  { timeout: 20 * 60_000 },
  async () => {
    let alerts = 0;
    let reverted = 0;
    let retracted = 0;
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, watchlists }) => {
        const entity = `live-${++cases}`;
        // Behind all that came before: what is known of an entity is only moved by what is newer.
        const since = app.clock.now();
        const made = [];
        for (const { rule: wanted, followed: numbers } of watchlists) {
          const account = await app.createAccount();
          const follows = numbers.flatMap((number) => subjects(entity).slice(number, number + 1));
          await watch(app, account, follows, { rule: wanted });
          made.push({ account, rule: wanted, follows });
        }
        await live(entity, steps);
        for (const { account, rule: wanted, follows } of made) {
          const answer = await app.call('POST', '/v1/watchlists/backtest', {
            token: account.token,
            body: {
              rule: wanted,
              follows: follows.map(([kind, key]) => ({ kind, key })),
              since: new Date(since.getTime() - 2 * 86_400_000).toISOString(),
            },
          });
          expect(answer.status, answer.text).toBe(200);
          const told = answer.body.items.map(({ changes }: { changes: { id: string }[] }) =>
            changes
              .map(({ id }) => id)
              .toSorted()
              .join(),
          );
          expect(told.toSorted()).toEqual(await alerted(account));
          alerts += told.length;
          reverted += answer.body.suppressed.reverted;
          retracted += answer.body.suppressed.retracted;
        }
      }),
      { numRuns: histories, endOnFailure: true },
    );
    // Histories that alert to nothing, or in which nothing goes back, would agree too.
    expect(alerts).toBeGreaterThan(isWhole ? histories : 0);
    // A dozen of them may well hold none of the rarer.
    if (isWhole) expect(Math.min(reverted, retracted)).toBeGreaterThan(0);
  },
);
