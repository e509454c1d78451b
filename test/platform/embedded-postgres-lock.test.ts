import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answersSignals, processIdentity } from '../../src/platform/embedded-postgres/live-process.js';
import { ServerUsers } from '../../src/platform/embedded-postgres/server-users.js';
import { claim, withStartLock } from '../../src/platform/embedded-postgres/start-lock.js';
import { newFolder } from '../support/data-folders.js';

const silent = () => undefined;

/** The pid and former identity of a process that has ended. */
async function deadProcess(): Promise<string> {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const identity = await processIdentity(child.pid as number);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return `${child.pid} ${identity}`;
}

describe('the start lock', () => {
  it('lets one in at a time, and each in the end', async () => {
    const folder = join(await newFolder(), 'lock');
    let inside = 0;
    let most = 0;
    const turns = Array.from({ length: 20 }, () =>
      withStartLock(folder, silent, async () => {
        most = Math.max(most, ++inside);
        for (let step = 0; step < 5; step++) await setImmediate();
        inside--;
      }),
    );
    await Promise.all(turns);
    expect(most).toBe(1);
    expect((await readdir(folder)).length).toBeLessThanOrEqual(2);
  });

  it('is not given to one so slow that its number was taken, let go and swept away meanwhile', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, '7'), '');
    expect(await claim(folder, 5)).toBe(false);
    expect(await readdir(folder)).toEqual(['7']);
    expect(await claim(folder, 8)).toBe(true);
  });

  it('is let go when the work fails', async () => {
    const folder = await newFolder();
    const failing = withStartLock(folder, silent, () => Promise.reject(new Error('no room')));
    await expect(failing).rejects.toThrow('no room');
    expect(await withStartLock(folder, silent, async () => 'next')).toBe('next');
  });

  it.each([
    ['a process that was killed', deadProcess],
    ['an earlier process that had our pid', async () => `${process.pid} an earlier start`],
  ])('is not held by %s, even when many see that at once', async (_, holder) => {
    const folder = await newFolder();
    await writeFile(join(folder, '7'), await holder());
    let inside = 0;
    const turn = () =>
      withStartLock(folder, silent, async () => {
        expect(++inside).toBe(1);
        await setImmediate();
        inside--;
      });
    await Promise.all(Array.from({ length: 10 }, turn));
  });
});

describe('a process', () => {
  it('counts as dead once it is a zombie that nobody reaps', async () => {
    // The shell becomes a program that waits for no child.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
    const pid = Number(String(await once(parent.stdout, 'data')));
    try {
      await expect.poll(() => processIdentity(pid), { interval: 5 }).toBe(null);
      expect(answersSignals(pid)).toBe(true);
    } finally {
      parent.kill();
    }
  });
});

describe('the users of a server', () => {
  it('are all gone once the living have left, whatever the dead have left behind', async () => {
    const folder = join(await newFolder(), 'users');
    const users = new ServerUsers(folder);
    await mkdir(folder);
    const [pid, ...identity] = (await deadProcess()).split(' ');
    await writeFile(join(folder, `${pid}-killed`), identity.join(' '));
    await writeFile(join(folder, `${process.pid}-earlier`), 'an earlier start');
    const [first, second] = [await users.join(), await users.join()];
    expect(await users.leave(first)).toBe(false);
    expect(await users.leave(second)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});
