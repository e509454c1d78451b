import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Member } from './fleet.js';
import { newRandom, type Random } from './random.js';
import { shiftedClock } from './shifted-clock.js';
import { lanes, type Lane } from './receipts.js';
import { isWhole, sized } from './size.js';
import type { Refuses } from './sinks.js';
import { setStage, type Stage } from './stage.js';
import { printTable } from './table.js';
import { expectNothingLost } from './verdict.js';
import { untilDelivered } from './wait.js';

const accounts = sized({ short: 40, whole: 400 });
/** Rendering the first mail takes a process longer than all the rest of the short form. */
const on = sized<readonly Lane[]>({ short: ['webhook', 'slack'], whole: lanes });
/** Each is off by so much, to opposite sides. */
const offS = 300;
/** Far less than the clocks are apart: whoever took a due date by his own clock would be later by minutes. */
const lateS = sized({ short: 60, whole: 90 });

let random: Random;
/**
 * One message in twenty is refused once, so that there are due dates that a worker sets; of one account no more than two on
 * a lane, since the third in a row brings its owner a mail more.
 */
let refused = 0;
const refusals = new Map<string, number>();
const refuses: Refuses = ({ lane, account, earlier }) => {
  const key = `${lane} ${account}`;
  const before = refusals.get(key) ?? 0;
  if (earlier > 0 || before === 2 || random.between(0, 1) > 0.05) return false;
  refusals.set(key, before + 1);
  refused += 1;
  return true;
};

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ sinks: { refuses, answerMs: 50 }, environment: { RETRY_SCHEDULE_S: '1,1,1' } });
  await stage.makeFollowers(accounts, on);
});
afterAll(() => stage.close());

it(
  'workers whose clocks are ten minutes apart send nothing twice and nothing late',
  { timeout: 400_000 },
  async () => {
    random = newRandom();
    const { fleet, sinks } = stage;
    const start = (name: string, seconds: number) =>
      fleet.start(name, { ROLES: 'web,worker', ...shiftedClock(seconds) });
    const behind = await start('behind', -offS);
    const ahead = await start('ahead', offS);
    await Promise.all(fleet.members.map((member) => member.ready()));

    const rows: Record<string, string | number>[] = [];
    const round = async (who: string, webs: readonly Member[], posts: number) => {
      refused = 0;
      const before = sinks.receipts.all.length;
      const due = posts * accounts * on.length;
      for (let post = 0; post < posts; post++) await stage.post(random.pick(webs));
      const seconds = await untilDelivered(stage, { seconds: lateS });
      const received = sinks.receipts.all.length - before;
      rows.push({ who, due, 'refused once': refused, received, 'done after s': seconds.toFixed(1) });
      expect(received).toBe(due + refused);
    };
    // Several, so that each of them has some to fan out.
    await round('both', [ahead, behind], 6);
    expect(await ahead.stop()).toBe(0);
    await round('the one behind alone', [behind], 1);
    if (isWhole) {
      const aheadAgain = await start('ahead again', offS);
      expect(await behind.stop()).toBe(0);
      await aheadAgain.ready();
      await round('the one ahead alone', [aheadAgain], 1);
    }
    await expectNothingLost(stage, []);
    expect(fleet.fallen()).toEqual([]);
    printTable(`Clocks ${(2 * offS) / 60} minutes apart (seed ${random.seed})`, rows);
  },
);
