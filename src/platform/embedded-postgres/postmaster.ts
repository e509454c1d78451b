import { spawn } from 'node:child_process';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import { answersSignals, servesFolder } from './live-process.js';
import { run, spawnOptions, type SystemUser } from './run.js';
import { DatabaseStartError, wayOut } from './start-error.js';

/** What it takes to start and stop the server of one cluster. */
export type Launch = {
  pgdata: string;
  logFile: string;
  binaries: Binaries;
  user: SystemUser | null;
  settings: Readonly<Record<string, string>>;
  /** Offers a port that is free, or was a moment ago. */
  choosePort: () => Promise<number>;
};

type Postmaster = { pid: number; port: number };

const isWindows = process.platform === 'win32';
const pollMs = 10;
// Recovery replays at most what `max_wal_size` holds; a slow disk needs minutes for it.
const readyWithinMs = 240_000;
const retryForMs = 1_000;
// A server killed with -9 leaves processes that finish their query first, and no other may start before.
const retryAfterCrashForMs = 15_000;
const fastStopSeconds = 30;
const immediateStopSeconds = 15;

/**
 * Durability is PostgreSQL's default, on. Its log gets no ERROR and no DETAIL: they quote values, and the log must hold no
 * address.
 */
const serverSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  // One fan-out of a big revision writes hundreds of MB: that alone is to force no checkpoint.
  max_wal_size: '2GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  // Recovery syncs the whole folder first. File by file that took 3.7 s on a busy disk, and by one call well under 1 s.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};

/** The server that runs on this cluster, once it takes connections; null when none does, or when it ends. */
export async function runningPostmaster(pgdata: string): Promise<Postmaster | null> {
  for (const deadline = Date.now() + readyWithinMs; ; await delay(pollMs)) {
    const found = await readPidFile(pgdata);
    if (!found || !(await servesFolder(found.pid, pgdata))) return null;
    if (found.isReady) return { pid: found.pid, port: found.port };
    if (Date.now() > deadline) {
      throw new DatabaseStartError(
        `the embedded database (process ${found.pid}) has not become ready for ${readyWithinMs / 1_000} s: see its log beside ${pgdata}, or ${wayOut}`,
      );
    }
  }
}

/** Starts the server, detached. To be called when none runs. Tries other ports when one is lost to somebody else. */
export async function launch(options: Launch): Promise<Postmaster> {
  const { pgdata, logFile } = options;
  const leftBehind = await readPidFile(pgdata);
  // PostgreSQL clears the file of a dead server away by itself, but takes a zombie or a stranger with its pid for a server.
  if (leftBehind && answersSignals(leftBehind.pid)) await rm(join(pgdata, 'postmaster.pid'), { force: true });
  await rename(logFile, `${logFile}.1`).catch(() => undefined);

  const deadline = Date.now() + (leftBehind ? retryAfterCrashForMs : retryForMs);
  do {
    // A start that was killed at the wrong moment may have left a server that only now shows.
    const started =
      (await launchOnce(options, await options.choosePort())) ?? (await runningPostmaster(pgdata));
    if (started) return started;
    await delay(100);
  } while (Date.now() < deadline);
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n').slice(-6);
  throw new DatabaseStartError(
    `the embedded database does not start: see ${logFile}, which ends as below, or ${wayOut}\n${lines.join('\n')}`,
  );
}

async function launchOnce(options: Launch, port: number): Promise<Postmaster | null> {
  const { pgdata, logFile, binaries, user } = options;
  const settings = Object.entries({ ...serverSettings, ...options.settings, port: String(port) });
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(logFile, 'a', 0o600);
  // An administrator's server has to give up its rights on Windows, which pg_ctl knows how to do.
  const [program, args] = isWindows
    ? [binaries.pgCtl, ['start', '-W', '-D', pgdata, '-o', flags.join(' ')]]
    : [binaries.postgres, ['-D', pgdata, ...flags]];
  const child = spawn(program, args, { ...spawnOptions(user), stdio: ['ignore', log.fd, log.fd] });
  child.once('error', () => undefined);
  child.unref();
  await log.close();
  const hasFailed = () =>
    child.pid === undefined ||
    child.signalCode !== null ||
    (child.exitCode !== null && !(isWindows && child.exitCode === 0));

  for (const deadline = Date.now() + readyWithinMs; !hasFailed(); await delay(pollMs)) {
    const found = await readPidFile(pgdata);
    if (found?.isReady && (await servesFolder(found.pid, pgdata)))
      return { pid: found.pid, port: found.port };
    if (Date.now() > deadline) {
      await stopPostmaster(options);
      break;
    }
  }
  return null;
}

/** Stops the server, if it runs: open connections are closed, what is committed is on disk. */
export async function stopPostmaster({ pgdata, binaries, user }: Omit<Launch, 'settings' | 'choosePort'>) {
  const stop = (mode: string, seconds: number) =>
    run(binaries.pgCtl, ['stop', '-D', pgdata, '-m', mode, '-t', String(seconds)], user);
  if (!(await isRunning(pgdata))) return;
  await stop('fast', fastStopSeconds);
  if (!(await isRunning(pgdata))) return;
  // As after a power cut: safe, but the next start has to recover.
  await stop('immediate', immediateStopSeconds);
  if (await isRunning(pgdata)) {
    throw new Error(`the embedded database on ${pgdata} did not stop within ${fastStopSeconds} s`);
  }
}

async function isRunning(pgdata: string): Promise<boolean> {
  const found = await readPidFile(pgdata);
  return found !== null && (await servesFolder(found.pid, pgdata));
}

/** PostgreSQL's own record of its server, line by line: pid, folder, start, port, socket folder, address, memory, state. */
async function readPidFile(pgdata: string): Promise<(Postmaster & { isReady: boolean }) | null> {
  const lines = (await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}
