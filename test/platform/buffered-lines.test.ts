import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BufferedLines } from '../../src/platform/buffered-lines.js';
import { createLogger } from '../../src/platform/logger.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-lines-'));
  for (const name of ['buffered-lines', 'logger']) {
    const { outputText } = transpileModule(await readFile(resolve(`src/platform/${name}.ts`), 'utf8'), {
      compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 },
    });
    await writeFile(join(folder, `${name}.js`), outputText);
  }
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
});
afterAll(async () => rm(folder, { recursive: true }));

/** A process that logs the numbers from 0, says on standard output that it has, and ends as `ending` says. */
async function logger(lines: number, ending: string) {
  const script = `
    import { createLogger } from './logger.js';
    // As main.ts does: a pipe does not block any more after that.
    process.stderr.isTTY;
    const log = createLogger('info');
    for (let n = 0; n < ${lines}; n++) {
      log.info({ n, pad: 'x'.repeat(100) });
      if (n % 1000 === 0) await new Promise(setImmediate);
    }
    await new Promise((resolve) => process.stdout.write('logged', resolve));
    ${ending}
  `;
  const file = join(folder, `${lines}-${ending.length}.js`);
  await writeFile(file, script);
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'pipe'] });
  return { child, logged: once(child.stdout, 'data') };
}

const numbers = (log: string): number[] =>
  [...log.matchAll(/^\{.*"n":(\d+),.*\}$/gm)].map(([, n]) => Number(n));
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('the log of a process', () => {
  it.each([
    ['comes to its end', ''],
    ['exits', 'process.exit(1);'],
    ['dies of an error that nobody caught', `throw new Error('nobody caught this');`],
  ])('is whole when it %s', async (_how, ending) => {
    const { child } = await logger(2_345, ending);
    expect(numbers(await text(child.stderr))).toEqual(upTo(2_345));
  });

  it('has what was fatal, and all that waited before it, when it is killed right after', async () => {
    const { child } = await logger(2_345, `log.fatal('the end'); process.kill(process.pid, 'SIGKILL');`);
    const log = await text(child.stderr);
    expect(log).toContain('the end');
    // What the system had in hand already goes by itself: it may come after, or go down with the process.
    expect(numbers(log)).toContain(2_344);
  });

  it('holds nobody up while it is not read, and is whole all the same', async () => {
    const { child, logged } = await logger(20_000, '');
    // 3 MB are more than any pipe holds; nobody has read a byte so far.
    await logged;
    expect(numbers(await text(child.stderr))).toEqual(upTo(20_000));
  });

  it('says how many lines were lost when it is not read for too long', async () => {
    const { child, logged } = await logger(120_000, 'process.stdin.resume();');
    await logged;
    let log = '';
    for await (const chunk of child.stderr) {
      log += String(chunk);
      if (log.slice(-100_000).includes('log lines were lost')) child.stdin.end();
    }
    const lost = /^\{"level":40,.*"lines":(\d+),"msg":"log lines were lost/m.exec(log)?.[1];
    const kept = numbers(log);
    expect(kept.length).toBeGreaterThan(40_000);
    expect(kept.length + Number(lost)).toBe(120_000);
  });
});

describe('buffered lines', () => {
  const file = () => join(folder, 'lines');

  it('go out many at a time, and warnings at once', async () => {
    const fd = openSync(file(), 'w');
    const lines = new BufferedLines(fd);
    const log = createLogger('info', lines);
    log.info('first');
    log.info('second');
    expect(readFileSync(file(), 'utf8')).toBe('');
    await vi.waitFor(() => expect(readFileSync(file(), 'utf8')).toMatch(/first.*\n.*second/), {
      timeout: 20_000,
    });
    // Well before a tenth of a second has passed.
    log.info('third');
    log.warn('fourth');
    const warnedAt = performance.now();
    await vi.waitFor(() => expect(readFileSync(file(), 'utf8')).toMatch(/third.*\n.*fourth/), {
      interval: 1,
    });
    expect(performance.now() - warnedAt).toBeLessThan(90);
    closeSync(fd);
  });

  it('survive a file that takes none', async () => {
    const fd = openSync(file(), 'r');
    const lines = new BufferedLines(fd);
    const log = createLogger('info', lines);
    log.error('nobody hears this');
    await vi.waitFor(() => expect((lines as any).lost).toBe(1), { timeout: 20_000 });
    log.info('nor this');
    expect(() => lines.flushSync()).not.toThrow();
    closeSync(fd);
  });
});
