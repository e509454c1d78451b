import { createReadStream, fstatSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ConfigError, type Config } from '../config.js';
import type { ArchiveEvent } from '../domain/archive-event.js';
import { readEventLine } from '../intake/cloud-events.js';
import { Intake } from '../intake/intake.js';
import { Problem } from '../platform/http/problem.js';
import { ProgressBar } from './progress-bar.js';
import { withApp } from './with-app.js';

/** Events a transaction: large enough to be quick, small enough that little is done again after a kill. */
const batchEvents = 200;

/**
 * Takes in newline-delimited events. It may be killed and run again at any point: what was taken is a duplicate then.
 *
 * @param file a path, or `-` for standard input
 * @throws ConfigError naming the line that is at fault; what came before it was taken
 */
export async function ingestFile(
  config: Config,
  file: string,
  { silent }: { silent: boolean },
): Promise<void> {
  const { input, bytes } = open(file);
  await withApp(config, async (app) => {
    const bar = new ProgressBar(process.stderr, bytes);
    const totals = await ingestLines(app.get(Intake), input, silent, bar);
    bar.finish();
    process.stdout.write(`${totals.accepted} accepted, ${totals.duplicates} duplicates.\n`);
  });
}

export type Totals = { accepted: number; duplicates: number };

/** @throws ConfigError naming the line that is at fault */
export async function ingestLines(
  intake: Intake,
  input: Readable,
  silent: boolean,
  bar: Pick<ProgressBar, 'advance'>,
): Promise<Totals> {
  const totals = { accepted: 0, duplicates: 0 };
  let batch: { line: number; event: ArchiveEvent }[] = [];
  let line = 0;
  const flush = async () => {
    add(totals, await take(intake, batch, silent, totals));
    batch = [];
  };
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++;
    if (text.trim() !== '') {
      const event = await parse(text, line, flush, totals);
      batch.push({ line, event });
    }
    if (batch.length >= batchEvents) await flush();
    bar.advance(Buffer.byteLength(text) + 1, totals.accepted + totals.duplicates);
  }
  await flush();
  return totals;
}

async function parse(
  text: string,
  line: number,
  flush: () => Promise<void>,
  totals: Totals,
): Promise<ArchiveEvent> {
  try {
    return readEventLine(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await flush();
    throw refusal(line, error, totals);
  }
}

async function take(
  intake: Intake,
  batch: readonly { line: number; event: ArchiveEvent }[],
  silent: boolean,
  totals: Totals,
) {
  try {
    return await intake.take(
      batch.map(({ event }) => event),
      { silent },
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // One event of the batch can't be true: take those before it alone, so that the answer is the same as line by line.
    const index = Number(/^\[(\d+)\]/.exec(error.faults?.[0]?.path ?? '')?.[1] ?? 0);
    const before = batch.slice(0, index).map(({ event }) => event);
    add(totals, await intake.take(before, { silent }));
    throw refusal(batch[index]?.line ?? 0, error, totals);
  }
}

function add(totals: Totals, { accepted, duplicates }: Totals): void {
  totals.accepted += accepted;
  totals.duplicates += duplicates;
}

function refusal(line: number, problem: Problem, totals: Totals): ConfigError {
  const faults = (problem.faults ?? [])
    .map(({ path, message }) => `${path.replace(/^\[\d+\]\.?/, '')} ${message}`)
    .join('; ');
  const taken = totals.accepted + totals.duplicates;
  return new ConfigError(
    `line ${line}: ${faults || problem.message} (${taken} events before it are in; mend the line and run it again)`,
  );
}

function open(file: string): { input: Readable; bytes: number | null } {
  if (file === '-') return { input: process.stdin, bytes: null };
  try {
    const descriptor = openSync(file, 'r');
    const about = fstatSync(descriptor);
    if (about.isDirectory()) throw new Error('it is a folder');
    return { input: createReadStream(file, { fd: descriptor }), bytes: about.isFile() ? about.size : null };
  } catch (cause) {
    throw new ConfigError(`cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
}
