import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usableBinaries } from '../../src/platform/embedded-postgres/binaries.js';
import { databaseUser } from '../../src/platform/embedded-postgres/database-user.js';
import { answersSignals } from '../../src/platform/embedded-postgres/live-process.js';
import { nativePackage } from '../../src/platform/embedded-postgres/native-package.js';
import { launch, stopPostmaster } from '../../src/platform/embedded-postgres/postmaster.js';
import { freePort } from '../../src/platform/free-port.js';
import {
  hasGone,
  newFolder,
  pgdataOf,
  postmasterPid,
  query,
  sharedDataDir,
  start,
} from '../support/data-folders.js';
import { compileEmbeddedPostgres, otherProcess } from '../support/other-process.js';

const shared = sharedDataDir();
let compiled: string;
beforeAll(async () => {
  compiled = await compileEmbeddedPostgres();
});
afterAll(() => rm(compiled, { recursive: true }));

describe('the embedded database', () => {
  it('keeps its data from start to start and runs nothing in between', async () => {
    const dataDir = await newFolder();
    const first = await start({ dataDir });
    expect(first.created).toBe(true);
    await query(first.url, "create table kept as select 'Änderung' as word");
    const pid = await postmasterPid(dataDir);
    await first.stop();
    await first.stop();
    await hasGone(pid);

    const second = await start({ dataDir });
    expect(second.created).toBe(false);
    expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'Änderung' }]);
  });

  it('is durable, UTF-8, in UTC, on loopback alone, and used by a role that is no superuser', async () => {
    const { url } = await start({ dataDir: shared(), settings: { work_mem: '5MB' } });
    const expected = {
      listen_addresses: '127.0.0.1',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      TimeZone: 'UTC',
      server_encoding: 'UTF8',
      is_superuser: 'off',
      work_mem: '5MB',
    };
    const columns = Object.keys(expected).map((name) => `current_setting('${name}') as "${name}"`);
    expect(await query(url, `select ${columns.join()}`)).toEqual([expected]);
    const locale = 'select datlocprovider, datlocale from pg_database where datname = current_database()';
    expect(await query(url, locale)).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8' }]);
  });

  it('wants the password', async () => {
    const wrong = new URL((await start({ dataDir: shared() })).url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('runs outside our process group, where Ctrl-C does not reach it', async () => {
    const dataDir = shared();
    await start({ dataDir });
    // A minus asks for the process group of that number: there is one, so the server leads its own.
    expect(process.kill(-(await postmasterPid(dataDir)), 0)).toBe(true);
  });

  it('takes another port when the one it chose is lost to somebody else', async () => {
    const dataDir = shared();
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port: taken } = stranger.address() as AddressInfo;
    const offers = [taken];
    const pgdata = pgdataOf(dataDir);
    const user = await databaseUser(pgdata);
    const server = {
      pgdata,
      user,
      logFile: join(dataDir, 'postgres', 'server.log'),
      binaries: await usableBinaries(nativePackage(), join(dataDir, 'postgres'), user, () => undefined),
      settings: {},
      choosePort: async () => offers.pop() ?? freePort(),
    };
    try {
      const { port } = await launch(server);
      expect(offers).toEqual([]);
      expect(port).not.toBe(taken);
    } finally {
      stranger.close();
      await stopPostmaster(server);
    }
  });
});

describe('several users of one data folder', () => {
  it('share one server, which the last of them to stop stops', async () => {
    const dataDir = shared();
    const [first, second] = await Promise.all([start({ dataDir }), start({ dataDir })]);
    expect(second.url).toBe(first.url);
    const pid = await postmasterPid(dataDir);
    await first.stop();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    await hasGone(pid);
  });

  it('may be processes that all start at once, and users that were killed do not count', async () => {
    const dataDir = await newFolder();
    const others = [1, 2, 3, 4].map(() => otherProcess(compiled, dataDir));
    const told = await Promise.all(others.map((other) => other.told));
    expect(new Set(told.map((each) => each.url)).size).toBe(1);
    expect(told.filter((each) => each.created)).toHaveLength(1);
    const pid = await postmasterPid(dataDir);

    await others[0]?.stop();
    for (const other of others.slice(1)) await other.kill();
    const adopter = await start({ dataDir });
    expect(await postmasterPid(dataDir)).toBe(pid);
    expect(adopter.url).toBe(told[0]?.url);
    await adopter.stop();
    await hasGone(pid);
  });
});

describe('after a crash', () => {
  it('recovers what was committed before the server and its user were killed', async () => {
    const dataDir = shared();
    const other = otherProcess(compiled, dataDir);
    const { url = '' } = await other.told;
    await query(url, 'create table kept_too as select 1 as one');
    const pid = await postmasterPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await other.kill();
    const { url: newUrl } = await start({ dataDir });
    expect(await query(newUrl, 'select one from kept_too')).toEqual([{ one: 1 }]);
    expect(await postmasterPid(dataDir)).not.toBe(pid);
  });

  it('starts though a stranger was given the pid of the server that was killed', async () => {
    const dataDir = shared();
    await start({ dataDir });
    const file = join(pgdataOf(dataDir), 'postmaster.pid');
    const left = await readFile(file, 'utf8');
    const pid = await postmasterPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await hasGone(pid);
    // It runs as the server's user: PostgreSQL would take it for a server.
    const { uid, gid } = await stat(file);
    const asServer = process.getuid?.() === 0 ? { uid, gid } : {};
    const stranger = spawn('sleep', ['60'], { ...asServer, cwd: '/' });
    await once(stranger, 'spawn');
    try {
      await writeFile(file, left.replace(/^\d+/, String(stranger.pid)));
      const { url } = await start({ dataDir });
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(answersSignals(stranger.pid as number)).toBe(true);
    } finally {
      stranger.kill();
    }
  });

  it('makes the cluster anew when the first start was killed half-way, and sweeps its remains away', async () => {
    const dataDir = await newFolder();
    const home = join(dataDir, 'postgres');
    const remains = async () => (await readdir(home)).filter((name) => name.startsWith('making-'));
    const other = otherProcess(compiled, dataDir);
    await expect.poll(() => remains().catch(() => []), { interval: 2, timeout: 5_000 }).toHaveLength(1);
    await other.kill();
    expect(await remains()).toHaveLength(1);
    expect((await start({ dataDir })).created).toBe(true);
    expect(await remains()).toEqual([]);
  });
});
