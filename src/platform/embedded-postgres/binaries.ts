import { chmod, copyFile, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { NativePackage } from './native-package.js';
import { run, type SystemUser } from './run.js';
import { DatabaseStartError, wayOut } from './start-error.js';

/** The programs, ready to be run by the database's user. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string; majorVersion: number };

const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * Makes sure that `user` can run the programs: where they were installed if that works or can be put right (execute bits
 * and library links, which an install without scripts leaves out), else from a copy under `home`, made once a version.
 */
export async function usableBinaries(
  native: NativePackage,
  home: string,
  user: SystemUser | null,
  onLog: (line: string) => void,
): Promise<Binaries> {
  const installed = await tryOut(native.folder, user);
  if (typeof installed !== 'string') return installed;
  // Fails on a read-only install: the copy is next.
  await putRight(native.folder).catch(() => undefined);
  const repaired = await tryOut(native.folder, user);
  if (typeof repaired !== 'string') return repaired;

  const copy = join(home, `binaries-${native.name}`);
  const earlier = await tryOut(copy, user);
  if (typeof earlier !== 'string') return earlier;
  onLog(`copying PostgreSQL to ${copy}: it cannot run from where it was installed (${repaired})`);
  await copyPrograms(native.folder, copy);
  const copied = await tryOut(copy, user);
  if (typeof copied !== 'string') return copied;
  throw new DatabaseStartError(
    `the embedded PostgreSQL cannot run on this machine (${copied}): see that DATA_DIR allows programs to run and that the C library is glibc, or ${wayOut}`,
  );
}

/** @returns the programs, or in one line why they do not run */
async function tryOut(folder: string, user: SystemUser | null): Promise<Binaries | string> {
  // initdb hands its own path to a shell between double quotes.
  if (suffix === '' && /["$`\\]/.test(folder)) return `its path ${folder} holds one of " $ \` \\`;
  const program = (name: string) => join(folder, 'bin', name + suffix);
  const [initdb, postgres, pgCtl] = [program('initdb'), program('postgres'), program('pg_ctl')];
  const results = await Promise.all([initdb, postgres, pgCtl].map((path) => run(path, ['--version'], user)));
  const failed = results.find((result) => result.code !== 0);
  if (failed) return failed.output.split('\n')[0] ?? 'no output';
  const majorVersion = Number(/\s(\d+)[.\w]*\s*$/.exec(results[1]?.output ?? '')?.[1]);
  return { initdb, postgres, pgCtl, majorVersion };
}

async function putRight(folder: string): Promise<void> {
  for (const name of await readdir(join(folder, 'bin'))) await chmod(join(folder, 'bin', name), 0o755);
  // Windows has no links, and so no list of them.
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // Paths in the list begin with `native/`, our folder; a link and what it points to share a folder.
    await symlink(basename(source), join(folder, target.replace(/^native\//, ''))).catch(unlessExists);
  }
}

async function copyPrograms(from: string, to: string): Promise<void> {
  const making = join(dirname(to), `making-${randomUUID()}`);
  await copyTree(from, making);
  await putRight(making);
  await rm(to, { recursive: true, force: true });
  await rename(making, to);
}

/** Copies what is needed to run, with modes that let anybody read and run it: an install under umask 077 does not. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    // Static libraries are there to link other programs with.
    else if (!entry.name.endsWith('.a')) {
      await copyFile(source, target);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
