import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { makeSharedFolder } from './home.js';
import { run, type SystemUser } from './run.js';
import { DatabaseStartError, wayOut } from './start-error.js';

/** PostgreSQL's data folder within a home (or within the data folder that leads there). */
export function pgdataIn(home: string): string {
  return join(home, 'cluster', 'pgdata');
}

/** @returns the password of the cluster's roles */
export async function readPassword(home: string): Promise<string> {
  const path = join(home, 'cluster', 'password');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new DatabaseStartError(
      `the password of the embedded database cannot be read (${(error as Error).message}): bring ${path} back, or move ${join(home, 'cluster')} away to begin with an empty database`,
      { cause: error },
    );
  }
}

/**
 * Makes the cluster unless there is one. It is made under another name and then renamed, so a start that is killed half-way
 * leaves no half cluster: only a `making-…` folder, which the next one sweeps away.
 *
 * @returns whether this call made it
 */
export async function makeCluster(
  home: string,
  binaries: Binaries,
  user: SystemUser | null,
): Promise<boolean> {
  if (existsSync(join(home, 'cluster'))) {
    await checkVersion(pgdataIn(home), binaries.majorVersion);
    return false;
  }
  await sweep(home);
  const making = join(home, `making-${randomUUID()}`);
  const [pgdata, password] = [join(making, 'pgdata'), join(making, 'password')];
  await makeSharedFolder(making, user);
  await mkdir(pgdata, { mode: 0o700 });
  await writeFile(password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (user) for (const path of [pgdata, password]) await chown(path, user.uid, user.gid);

  const made = await run(
    binaries.initdb,
    [
      `--pgdata=${pgdata}`,
      '--username=postgres',
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of text on every machine, whatever its C library.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      // One call for all of its 1,000 files rather than one each: 1.2 s instead of 3.1 s while others keep the disk busy.
      ...(process.platform === 'linux' ? ['--sync-method=syncfs'] : []),
      '--no-instructions',
    ],
    user,
  );
  if (made.code !== 0) {
    await rm(making, { recursive: true, force: true });
    throw new DatabaseStartError(
      `the embedded database could not be made in ${home}: see that the disk has room and DATA_DIR can be written, or ${wayOut}\n${made.output}`,
    );
  }
  // The server's user has read it; from here on it is ours alone.
  if (user) await chown(password, 0, 0);
  await chmod(password, 0o600);
  await rename(making, join(home, 'cluster'));
  await syncFolder(home);
  return true;
}

async function checkVersion(pgdata: string, ours: number): Promise<void> {
  const theirs = (await readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (theirs === String(ours)) return;
  if (theirs === '') {
    throw new DatabaseStartError(
      `${pgdata} is damaged (no PG_VERSION in it): bring it back from a backup, or move it away to begin with an empty database`,
    );
  }
  throw new DatabaseStartError(
    `${pgdata} was made by PostgreSQL ${theirs}, and this Tocsin brings PostgreSQL ${ours}: move the data over with pg_dump from the Tocsin that made it, set DATABASE_URL to a PostgreSQL ${theirs} that runs on it, or move the folder away to begin with an empty database`,
  );
}

/** Removes what killed starts left. A program of theirs may still be writing there: then the next start removes the rest. */
async function sweep(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith('making-')) continue;
    await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Makes the rename itself outlive a power cut. Windows cannot sync a folder, and need not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
