import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Options = {
  quick: boolean;
  help: boolean;
  /** Names of rows; null for all of them. */
  only: readonly string[] | null;
  /** How often each row is run, when told. */
  runs: number | null;
  /** Where the database lies, when told. */
  dataDir: string | null;
};

export const usage = `npm run bench -- [--quick] [--only ROW,ROW] [--runs N] [--data-dir FOLDER]

  --quick      smaller sizes and one run of each row: about two minutes
  --only       some rows alone
  --runs       how often each row is run (3; with --quick 1)
  --data-dir   a folder on the disk to measure on; the system's temporary one unless given
`;

/** @throws TypeError or RangeError naming what is wrong with the arguments */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      only: { type: 'string' },
      runs: { type: 'string' },
      'data-dir': { type: 'string' },
    },
  });
  if (values.runs !== undefined && !/^[1-9]\d?$/.test(values.runs)) {
    throw new RangeError('--runs must be a number from 1 to 99');
  }
  return {
    quick: values.quick,
    help: values.help,
    only: values.only?.split(',').map((name) => name.trim()) ?? null,
    runs: values.runs === undefined ? null : Number(values.runs),
    dataDir: values['data-dir'] ?? null,
  };
}
