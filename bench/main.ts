import { join } from 'node:path';
import { packageRoot } from '../src/platform/package-root.js';
import { parseOptions, usage, type Options } from './options.js';
import { machine, writeResults } from './results.js';
import type { Line, Row } from './row.js';
import { rows } from './rows/all.js';
import { full, quick, type Scale } from './scale.js';
import { Stage } from './stage/stage.js';
import { tableOf } from './table.js';

/** The entry of the benchmark: measures row by row, prints one table, writes one file. */
const say = (text: string): void => {
  const seconds = Math.round(performance.now() / 1_000);
  process.stderr.write(`${String(seconds).padStart(5)} s  ${text}\n`);
};

async function main(options: Options): Promise<void> {
  const chosen = rows.filter(({ name }) => options.only?.includes(name) ?? true);
  const unknown = options.only?.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) {
    throw new RangeError(`there is no row ${unknown}, only ${rows.map(({ name }) => name).join(', ')}`);
  }
  const base = options.quick ? quick : full;
  const scale: Scale = { ...base, runs: options.runs ?? base.runs };
  const startedAt = new Date();
  const opening = Stage.open(scale, options.dataDir, say);
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      isInterrupted = true;
      void opening.then(async (stage) => stage.close()).finally(() => process.exit(130));
    });
  }
  const stage = await opening;
  try {
    const facts = await machine(stage);
    if (facts.loadBefore > facts.machine.cores / 2) {
      say(`this machine is busy with other things (load ${facts.loadBefore.toFixed(1)}): ratios will be off`);
    }
    const lines: Line[] = [];
    for (const row of chosen) {
      say(`— ${row.name}: ${row.about}`);
      try {
        lines.push(...(await row.run(stage)));
      } catch (error) {
        // What it stood on was taken away: that is no result.
        if (isInterrupted) return;
        lines.push(failed(row, error));
        stage.keepsLogs = true;
      }
      await stage.clear();
    }
    const folder = join(packageRoot(), 'bench/results');
    const seconds = Math.round((Date.now() - startedAt.getTime()) / 1_000);
    const file = await writeResults(folder, {
      startedAt: startedAt.toISOString(),
      seconds,
      scale,
      ...facts,
      lines,
    });
    process.stdout.write(`\n${tableOf(lines)}\n`);
    say(`every run is in ${file}`);
  } finally {
    await stage.close();
  }
}

/** One row that fails must not take with it what the others have measured. */
function failed({ name }: Row, error: unknown): Line {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
  return {
    row: name,
    measured: 'failed',
    bare: '—',
    ratios: [],
    goal: '—',
    met: false,
    runs: [String(error)],
  };
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help)
    process.stdout.write(
      `${usage}\nRows:\n${rows.map(({ name, about }) => `  ${name.padEnd(18)}${about}\n`).join('')}`,
    );
  else await main(options);
} catch (error) {
  const isForeseen = error instanceof RangeError || error instanceof TypeError;
  process.stderr.write(`bench: ${isForeseen ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
