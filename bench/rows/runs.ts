import type { Stage } from '../stage/stage.js';

/** Runs a measurement as often as the scale says, one after the other. @param measure gets the number of the run, from 1 */
export async function runs<Run>(stage: Stage, measure: (run: number) => Promise<Run>): Promise<Run[]> {
  const all: Run[] = [];
  for (let run = 1; run <= stage.scale.runs; run++) all.push(await measure(run));
  return all;
}
