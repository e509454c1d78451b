import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chmod, chown, lstat, mkdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { run, type SystemUser } from './run.js';
import { DatabaseStartError, wayOut } from './start-error.js';

/** Where root's database goes when its user cannot enter the data folder. */
const reachableParent = '/var/lib';
// PostgreSQL keeps paths in 1,024 bytes and adds names of its own below them.
const longestPathBytes = 900;

/** Makes the data folder if need be. @returns its real path */
export async function openDataDir(dataDir: string): Promise<string> {
  const path = resolve(dataDir);
  try {
    await mkdir(dirname(path), { recursive: true });
    await mkdir(path, { mode: 0o700 }).catch(unlessExists);
    // The dot: a file in its place is refused, too.
    await access(path + sep + '.', constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new DatabaseStartError(
      `the data folder ${path} cannot be made or written by this user (${code}): choose another with DATA_DIR, or ${wayOut}`,
      { cause: error },
    );
  }
}

/**
 * The folder that holds all that the database needs: `postgres` in the data folder. When we are root and the database's
 * user cannot get there (below root's own home, say), it is a link to a folder where that user can. @returns its real path
 */
export async function openHome(
  dataDir: string,
  user: SystemUser | null,
  onLog: (line: string) => void,
): Promise<string> {
  const entry = join(dataDir, 'postgres');
  await refuseLostTarget(entry);
  const isNew = !existsSync(join(entry, 'cluster'));
  if (isNew) {
    await mkdir(entry, { mode: 0o700 }).catch(unlessExists);
    if (user) await letThrough(entry, user);
  }
  const home = (await isReachable(dataDir, entry, user))
    ? await realpath(entry)
    : await moveOut(dataDir, entry, user as SystemUser, isNew, onLog);
  if (Buffer.byteLength(home) > longestPathBytes) {
    throw new DatabaseStartError(
      `${home} is longer than the ${longestPathBytes} bytes that PostgreSQL can handle: choose a shorter DATA_DIR, or ${wayOut}`,
    );
  }
  return home;
}

/** Makes a folder that is ours alone to write; a database user of another name may pass through it. */
export async function makeSharedFolder(path: string, user: SystemUser | null): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (user) await letThrough(path, user);
}

/** Lets the database's user enter a folder of ours (though not list it), by its group. */
async function letThrough(path: string, user: SystemUser): Promise<void> {
  await chown(path, 0, user.gid);
  await chmod(path, 0o710);
}

async function refuseLostTarget(entry: string): Promise<void> {
  if (existsSync(entry) || !(await lstat(entry).catch(() => null))) return;
  throw new DatabaseStartError(
    `${entry} is a link to the folder of the database, and that folder is gone: bring it back, or remove the link to begin with an empty database`,
  );
}

async function isReachable(dataDir: string, entry: string, user: SystemUser | null): Promise<boolean> {
  if (!user || (await canEnter(await realpath(entry), user))) return true;
  // The data folder is Tocsin's own: when it alone is in the way, let the database's group through.
  const { uid, gid, mode } = await stat(dataDir);
  if (uid !== 0 || (mode & 0o077) !== 0) return false;
  await letThrough(dataDir, user);
  if (await canEnter(await realpath(entry), user)) return true;
  await chown(dataDir, uid, gid);
  await chmod(dataDir, mode & 0o777);
  return false;
}

/** Asks the system rather than the mode bits: access lists and mount options count, too. */
async function canEnter(folder: string, user: SystemUser): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], user)).code === 0;
}

async function moveOut(
  dataDir: string,
  entry: string,
  user: SystemUser,
  isNew: boolean,
  onLog: (line: string) => void,
): Promise<string> {
  if (!isNew) {
    throw new DatabaseStartError(
      `the database's user ${user.name} can no longer enter ${entry}: open the folders above it to that user ("chmod o+x"), or ${wayOut}`,
    );
  }
  await rm(entry, { recursive: true });
  const name = `tocsin-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  // A folder of that name belongs to a data folder that is gone: it is left alone, and never mistaken for this one's.
  for (let turn = 1; ; turn++) {
    const home = join(reachableParent, turn === 1 ? name : `${name}-${turn}`);
    try {
      await mkdir(reachableParent, { recursive: true });
      await makeSharedFolder(home, user);
      if (!(await canEnter(home, user))) throw new Error(`${user.name} cannot enter ${home}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new DatabaseStartError(
        `the database's user ${user.name} can enter neither ${dataDir} nor ${home}: choose a DATA_DIR that it can enter, start Tocsin as a user other than root, or ${wayOut}`,
        { cause: error },
      );
    }
    await symlink(home, entry);
    onLog(`the database is kept in ${home}, since its user ${user.name} cannot enter ${dataDir}`);
    return home;
  }
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
