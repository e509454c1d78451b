import { stat } from 'node:fs/promises';
import { run, type SystemUser } from './run.js';
import { DatabaseStartError, wayOut } from './start-error.js';

/** Users that the server may run as, first choice first: a package's own, then the one that we make. */
const candidates = ['postgres', 'tocsin'];
const madeUser = 'tocsin';

// shadow-utils (most Linux systems), then BusyBox.
const waysToMakeUser: [string, string[]][] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', madeUser]],
  ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', madeUser]],
];

/**
 * Who the server is to run as: null for ourselves, which is all that anybody but root can do. PostgreSQL refuses root, so
 * then it is the owner of the data where there are some already, or else the first of the candidates that exists or can be
 * made.
 *
 * @param pgdata the data folder, which need not exist
 */
export async function databaseUser(pgdata: string): Promise<SystemUser | null> {
  const ourUid = process.getuid?.();
  if (ourUid === undefined) return null;
  const owner = await ownerOf(pgdata);
  if (ourUid !== 0) {
    if (owner && owner.uid !== ourUid) {
      throw new DatabaseStartError(
        `${pgdata} belongs to ${owner.name}, and this process runs as uid ${ourUid}: run it as that user or as root, choose another DATA_DIR, or ${wayOut}`,
      );
    }
    return null;
  }
  if (owner?.uid === 0) {
    throw new DatabaseStartError(
      `${pgdata} belongs to root, and PostgreSQL refuses to run as root: give it to another user with "chown -R", choose another DATA_DIR, or ${wayOut}`,
    );
  }
  return owner ?? (await existing(candidates)) ?? (await make()) ?? (await nobody());
}

async function ownerOf(pgdata: string): Promise<SystemUser | null> {
  try {
    const { uid, gid } = await stat(pgdata);
    return { name: `uid ${uid}`, uid, gid };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new DatabaseStartError(
      `${pgdata} cannot be entered by this user (${code}), so another one made it: run as that user or as root, choose another DATA_DIR, or ${wayOut}`,
      { cause: error },
    );
  }
}

/** The first of these users that this system knows, by whatever directory it keeps them in. */
export async function existing(names: readonly string[]): Promise<SystemUser | null> {
  for (const name of names) {
    const [uid, gid] = await Promise.all([run('id', ['-u', name], null), run('id', ['-g', name], null)]);
    if (uid.code === 0 && gid.code === 0) return { name, uid: Number(uid.output), gid: Number(gid.output) };
  }
  return null;
}

async function make(): Promise<SystemUser | null> {
  for (const [command, args] of waysToMakeUser) {
    if ((await run(command, args, null)).code === 0) return existing([madeUser]);
  }
  return null;
}

async function nobody(): Promise<SystemUser> {
  const found = await existing(['nobody']);
  if (found && found.uid !== 0) return found;
  throw new DatabaseStartError(
    `PostgreSQL refuses to run as root, and there is no user to run it as (tried ${candidates.join(', ')}, nobody): make one with "useradd --system ${madeUser}", start Tocsin as another user, or ${wayOut}`,
  );
}
