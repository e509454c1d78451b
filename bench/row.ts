import type { Stage } from './stage/stage.js';

/** One line of the table. */
export type Line = {
  row: string;
  measured: string;
  /** The bare limit of the same runs; `—` where there is none. */
  bare: string;
  /** The share of the bare limit that was reached, one for each run (1 = the limit itself); empty where there is none. */
  ratios: readonly number[];
  /** What stands for all runs, where that is not the median of their ratios. */
  ratio?: number;
  goal: string;
  /** Null when the row only reports. */
  met: boolean | null;
  /** What a reader of the table must know of this line. */
  note?: string;
  /** The raw figures of every run, for the result file. */
  runs: readonly unknown[];
};

/** One measurement, in a file of its own. */
export type Row = {
  /** As `--only` names it. */
  name: string;
  about: string;
  run(stage: Stage): Promise<Line[]>;
};
