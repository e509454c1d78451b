import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/embedded-postgres.js';
import { spawnOptions } from '../../src/platform/embedded-postgres/run.js';
import { pgdataOf } from '../support/data-folders.js';

export type OwnPostgres = {
  url: string;
  /** Ends all its processes at once, as a power cut does. Resolves when nobody answers any more. */
  kill(): Promise<void>;
  /** Starts it again where it was, on the same port. Resolves when it has recovered and takes connections. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** How long a start is tried: what a killed server leaves behind may be in the way for a moment. */
const restartMs = 30_000;
const pollMs = 50;

/**
 * A PostgreSQL with its default durability, for one scenario alone: one that kills it, or whose processes stop reading. A
 * backend that writes to such a process answers no other one, and nobody can drop a database meanwhile.
 */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-faults-'));
  const server = await startEmbeddedPostgres({ dataDir });
  const pgdata = pgdataOf(dataDir);
  const answers = async () => {
    const client = new pg.Client({ connectionString: server.url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<{ pid: number }>('select pid from pg_stat_activity')).rows;
    } catch {
      return null;
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  return {
    url: server.url,
    async kill() {
      const children = (await answers()) ?? [];
      const postmaster = Number.parseInt(await readFile(join(pgdata, 'postmaster.pid'), 'utf8'), 10);
      for (const pid of [postmaster, ...children.map((child) => child.pid)]) killNow(pid);
      while (await answers()) await delay(pollMs);
    },
    async restart() {
      // The command line of its last start, each argument in quotes.
      const line = await readFile(join(pgdata, 'postmaster.opts'), 'utf8');
      const [program = '', ...args] = (line.match(/"[^"]*"|[^\s"]+/g) ?? []).map((word) =>
        word.replaceAll('"', ''),
      );
      const { uid, gid } = await stat(pgdata);
      const options = {
        ...spawnOptions(process.getuid?.() === 0 ? { name: 'its owner', uid, gid } : null),
        stdio: 'ignore' as const,
      };
      for (const giveUp = performance.now() + restartMs; performance.now() < giveUp;) {
        const child = spawn(program, args, options);
        child.unref();
        while (child.exitCode === null && child.signalCode === null && performance.now() < giveUp) {
          if (await answers()) return;
          await delay(pollMs);
        }
      }
      throw new Error(`PostgreSQL did not come back within ${restartMs / 1_000} s`);
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself, as its postmaster was gone.
  }
}
