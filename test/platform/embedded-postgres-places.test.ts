import { spawnSync } from 'node:child_process';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { existing } from '../../src/platform/embedded-postgres/database-user.js';
import { nativePackage } from '../../src/platform/embedded-postgres/native-package.js';
import { newFolder, pgdataOf, query, sharedDataDir, start } from '../support/data-folders.js';
import { compileEmbeddedPostgres, otherProcess } from '../support/other-process.js';

const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? await existing(['nobody']) : null;
const runsAsNobody = nobody && spawnSync(process.execPath, ['-v'], { ...nobody, cwd: '/' }).status === 0;

let compiled: string;
beforeAll(async () => {
  compiled = await compileEmbeddedPostgres();
});
afterAll(() => rm(compiled, { recursive: true }));

/** PostgreSQL as an install without scripts leaves it: no links between libraries, no execute bits. */
async function bareInstall(folder: string) {
  const installed = nativePackage();
  await cp(installed.folder, folder, {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  });
  for (const name of await readdir(join(folder, 'bin'))) await chmod(join(folder, 'bin', name), 0o644);
  return { folder, name: installed.name };
}

async function expectToWork(url: string): Promise<void> {
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
}

describe('the embedded database starts', () => {
  it('from a long path with spaces, umlauts, quotes and a dollar sign', async () => {
    const folder = join(
      await newFolder(0o755),
      `Größe "$HOME" 'x' \`y\` 通知`,
      'l'.repeat(200),
      'o'.repeat(200),
    );
    const dataDir = join(folder, 'data');
    await expectToWork((await start({ dataDir })).url);
    expect(await realpath(join(dataDir, 'postgres'))).toBe(join(dataDir, 'postgres'));
  });

  it('from an install without scripts, which it puts right in place', async () => {
    const native = await bareInstall(join(await newFolder(0o755), 'native'));
    const dataDir = await newFolder();
    await expectToWork((await start({ dataDir, native })).url);
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain(`binaries-${native.name}`);
  });

  it.skipIf(!isRoot)('as root in a folder of root alone, and lets the server in by its group', async () => {
    const dataDir = await newFolder(0o700);
    await expectToWork((await start({ dataDir })).url);
    expect(await realpath(join(dataDir, 'postgres'))).toBe(join(dataDir, 'postgres'));
    expect((await stat(dataDir)).mode & 0o777).toBe(0o710);
    expect((await stat(join(dataDir, 'postgres', 'cluster', 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(pgdataOf(dataDir))).uid).not.toBe(0);
  });

  it.skipIf(!isRoot)('as root below folders and from programs that only root can reach', async () => {
    const hidden = await newFolder(0o700);
    const native = await bareInstall(join(hidden, 'native'));
    const dataDir = join(hidden, 'app', 'data');
    const lines: string[] = [];
    const first = await start({ dataDir, native, onLog: (line) => lines.push(line) });
    await query(first.url, 'create table kept as select 1 as one');
    await first.stop();

    const home = await realpath(join(dataDir, 'postgres'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    expect(home).toMatch(/^\/var\/lib\/tocsin-[0-9a-f]{12}/);
    expect(lines.join('\n')).toContain(home);
    const libraries = await readdir(join(home, `binaries-${native.name}`, 'lib'));
    expect(libraries.filter((name) => name.endsWith('.a'))).toEqual([]);
    expect((await stat(hidden)).mode & 0o777).toBe(0o700);

    const second = await start({ dataDir, native });
    expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await second.stop();
    await rm(home, { recursive: true });
    await expect(start({ dataDir, native })).rejects.toThrow(/that folder is gone: bring it back/);
  });

  it.skipIf(!runsAsNobody)('as a user who is not root, and as root on that user’s data', async () => {
    const dataDir = await newFolder();
    await chown(dataDir, nobody?.uid ?? 0, nobody?.gid ?? 0);
    const asNobody = async () => {
      const other = otherProcess(compiled, dataDir, nobody ?? {});
      const told = await other.told;
      await other.stop();
      return told;
    };
    expect(await asNobody()).toMatchObject({ created: true });
    const asRoot = await start({ dataDir });
    expect(asRoot.created).toBe(false);
    await expectToWork(asRoot.url);
    await asRoot.stop();
    expect(await asNobody()).toMatchObject({ created: false });
  });
});

describe('the embedded database says what to do', () => {
  const shared = sharedDataDir();

  it('when the cluster was made by another major version', async () => {
    const dataDir = shared();
    const version = join(pgdataOf(dataDir), 'PG_VERSION');
    onTestFinished(() => writeFile(version, '18\n'));
    await writeFile(version, '17\n');
    await expect(start({ dataDir })).rejects.toThrow(
      /made by PostgreSQL 17, and this Tocsin brings PostgreSQL 18: .*pg_dump.*DATABASE_URL/,
    );
  });

  it('when the password is lost', async () => {
    const dataDir = shared();
    const password = join(dataDir, 'postgres', 'cluster', 'password');
    onTestFinished(() => rename(`${password}.lost`, password));
    await rename(password, `${password}.lost`);
    await expect(start({ dataDir })).rejects.toThrow(/password .* cannot be read .*: bring .* back/);
  });

  it('when the server does not start, with the end of its log', async () => {
    const dataDir = shared();
    await expect(start({ dataDir, settings: { shared_buffers: 'many' } })).rejects.toThrow(
      /does not start: see .*server\.log[^]*DATABASE_URL[^]*shared_buffers/,
    );
  });

  it('when the path is longer than PostgreSQL can handle', async () => {
    const dataDir = join(await newFolder(0o755), ...Array.from({ length: 5 }, () => 'p'.repeat(200)));
    await expect(start({ dataDir })).rejects.toThrow(/longer than the 900 bytes .*shorter DATA_DIR/);
  });

  it('when a file is in the place of the data folder', async () => {
    const dataDir = join(await newFolder(), 'file');
    await writeFile(dataDir, '');
    await expect(start({ dataDir })).rejects.toThrow(/\(ENOTDIR\): .*DATA_DIR.*DATABASE_URL/);
  });

  it.skipIf(!runsAsNobody)('when the data folder belongs to somebody else', async () => {
    const dataDir = join(await newFolder(0o755), 'data');
    await mkdir(dataDir, { mode: 0o755 });
    const { error } = await otherProcess(compiled, dataDir, nobody ?? {}).told;
    expect(error).toMatch(/cannot be made or written by this user \(EACCES\): choose another with DATA_DIR/);
  });

  it('when there is no PostgreSQL for the platform', () => {
    expect(() => nativePackage('sunos', 'sparc')).toThrow(/for sunos-sparc: .*DATABASE_URL/);
  });
});
