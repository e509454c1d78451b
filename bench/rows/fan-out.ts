import { insertSelect } from '../bare/insert-select.js';
import { count, perSecond } from '../format.js';
import type { Row } from '../row.js';
import { makeDue } from '../stage/due.js';
import type { Stage } from '../stage/stage.js';
import { median } from '../statistics.js';
import { runs } from './runs.js';

const goal = 0.8;

/** One revision to a million followers: an alert and a delivery for each. */
export const fanOut: Row = {
  name: 'fan-out',
  about: 'fan-out of one revision to many followers, against one plain INSERT … SELECT of the same rows',
  async run(stage) {
    const followers = stage.scale.fanOutFollowers;
    const measured = await runs(stage, async (run) => {
      const one = await measure(stage, followers);
      const [ours, bare] = [perSecond(followers, one.ms), perSecond(followers, one.bareMs)];
      stage.say(`fan-out, run ${run}: ${ours}, bare ${bare}`);
      return one;
    });
    const ratios = measured.map(({ ms, bareMs }) => bareMs / ms);
    return [
      {
        row: `fan-out of one revision to ${count(followers)} followers`,
        measured: `${perSecond(followers, median(measured.map(({ ms }) => ms)))} deliveries`,
        bare: perSecond(followers, median(measured.map(({ bareMs }) => bareMs))),
        ratios,
        goal: `≥ ${goal.toFixed(2)}`,
        met: median(ratios) >= goal,
        runs: measured,
      },
    ];
  },
};

async function measure(stage: Stage, followers: number): Promise<{ ms: number; bareMs: number }> {
  const database = await stage.databases.copy('webhook', followers);
  const ms = await makeDue(stage, database);
  const bare = await stage.postgres.session(database, async (sql) =>
    insertSelect(sql, ['alert', 'delivery']),
  );
  await stage.databases.drop(database);
  // An alert and a delivery for each: anything else was another measurement.
  if (bare.rows !== followers * 2) throw new Error(`fan-out wrote ${bare.rows} rows`);
  return { ms, bareMs: bare.ms };
}
