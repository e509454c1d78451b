import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from './live-process.js';
import { DatabaseStartError } from './start-error.js';

const pollMs = 25;
const tellAfterMs = 2_000;
// Recovery after a crash can hold it this long; a healthy start holds it for about a second.
const giveUpAfterMs = 300_000;

/**
 * Runs `work` while no other caller, in this process or another, runs its own under the same folder. A holder that died
 * holds nothing.
 *
 * The folder holds numbered files, and the one with the highest number is the lock: it names its holder, or is empty once
 * let go. To take the lock is to link the next number into place, which one caller alone can do. A stale lock is thus
 * never removed, only surpassed: removing it is where two callers that both saw it stale would undo each other.
 */
export async function withStartLock<Result>(
  folder: string,
  onLog: (line: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(folder, { recursive: true });
  const lock = await acquire(folder, onLog);
  try {
    return await work();
  } finally {
    await truncate(lock).catch(() => undefined);
  }
}

async function acquire(folder: string, onLog: (line: string) => void): Promise<string> {
  const waitingSince = Date.now();
  let told = false;
  for (;;) {
    const newest = (await numbers(folder)).at(-1) ?? 0;
    const holder = await livingHolder(join(folder, String(newest)));
    if (holder === null) {
      if (await claim(folder, newest + 1)) return join(folder, String(newest + 1));
      continue;
    }
    const waitedMs = Date.now() - waitingSince;
    if (waitedMs > giveUpAfterMs) {
      throw new DatabaseStartError(
        `process ${holder} has been starting or stopping the embedded database for ${giveUpAfterMs / 1_000} s; end it, then start again`,
      );
    }
    if (!told && waitedMs > tellAfterMs) {
      told = true;
      onLog(`waiting for process ${holder}, which is starting or stopping the database`);
    }
    await delay(pollMs);
  }
}

async function numbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** The pid that holds this lock; null when nobody does any more. */
async function livingHolder(path: string): Promise<string | null> {
  const [pid, ...identity] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
  if (!pid) return null;
  return (await processIdentity(Number(pid))) === identity.join(' ') ? pid : null;
}

/** Takes the lock by its next number. @returns false when somebody else has it: look again */
export async function claim(folder: string, number: number): Promise<boolean> {
  const path = join(folder, String(number));
  const draft = join(folder, `draft-${randomUUID()}`);
  await writeFile(draft, `${process.pid} ${await processIdentity(process.pid)}`);
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const all = await numbers(folder);
  if (all.some((other) => other > number)) {
    // We were slow: this number had been taken, let go and swept away before our link.
    await rm(path, { force: true });
    return false;
  }
  // The one before stays, so that a folder read while the next is made never looks empty.
  for (const old of all) if (old < number - 1) await rm(join(folder, String(old)), { force: true });
  return true;
}
