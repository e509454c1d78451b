import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { usableBinaries } from './binaries.js';
import { makeCluster, pgdataIn, readPassword } from './cluster.js';
import { databaseUser } from './database-user.js';
import { openDataDir, openHome } from './home.js';
import { nativePackage, type NativePackage } from './native-package.js';
import { openDatabase } from './open-database.js';
import { launch, runningPostmaster, stopPostmaster, type Launch } from './postmaster.js';
import { freePort } from '../free-port.js';
import { ServerUsers } from './server-users.js';
import { withStartLock } from './start-lock.js';

/** A real PostgreSQL that this process may use. */
export type EmbeddedPostgres = {
  /** `postgres://…` of the database `tocsin`, on 127.0.0.1 */
  url: string;
  /** Whether this call made the cluster */
  created: boolean;
  /** Lets go of the server, and stops it when nobody else uses it. May be called again. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Made if missing. Holds the data, which stay from start to start. */
  dataDir: string;
  /** What an operator may want to know, a line at a time; no secrets. */
  onLog?: (line: string) => void;
  /** PostgreSQL settings on top of ours; they count only when this call starts the server. */
  settings?: Readonly<Record<string, string>>;
  /** The programs to use instead of those that were installed. */
  native?: NativePackage;
};

/**
 * Starts PostgreSQL on the data folder, or joins the server that runs there: another Tocsin's, or one whose owner was
 * killed. Any number of processes of one machine may do so at once.
 *
 * @throws DatabaseStartError naming the fault and the remedy
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onLog = options.onLog ?? (() => undefined);
  const native = options.native ?? nativePackage();
  const dataDir = await openDataDir(options.dataDir);
  const lock = join(dataDir, 'postgres.lock');

  return withStartLock(lock, onLog, async () => {
    const user = await databaseUser(pgdataIn(join(dataDir, 'postgres')));
    const home = await openHome(dataDir, user, onLog);
    const binaries = await usableBinaries(native, home, user, onLog);
    const created = await makeCluster(home, binaries, user);
    if (created) onLog(`made the embedded database in ${home}`);
    const pgdata = await realpath(pgdataIn(home));
    const server: Launch = {
      pgdata,
      binaries,
      user,
      logFile: join(home, 'server.log'),
      settings: options.settings ?? {},
      choosePort: async () => freePort(),
    };

    const users = new ServerUsers(join(home, 'users'));
    const us = await users.join();
    const leave = async () => {
      if (!(await users.leave(us))) return;
      await stopPostmaster(server);
      onLog('stopped the embedded database');
    };
    try {
      const running = await runningPostmaster(pgdata);
      const { pid, port } = running ?? (await launch(server));
      onLog(`${running ? 'joined' : 'started'} the embedded database: process ${pid}, port ${port}`);
      const url = await openDatabase(port, await readPassword(home));
      let stopped: Promise<void> | undefined;
      return { url, created, stop: () => (stopped ??= stop()) };
    } catch (error) {
      await leave().catch(() => undefined);
      throw error;
    }

    async function stop(): Promise<void> {
      // With its folder deleted under it, the server ends by itself within a minute.
      if (existsSync(home)) await withStartLock(lock, onLog, leave);
    }
  });
}
