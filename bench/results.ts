import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../src/platform/package-root.js';
import type { Line } from './row.js';
import type { Scale } from './scale.js';
import type { Stage } from './stage/stage.js';

const settings = [
  'server_version',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_sync_method',
  'shared_buffers',
  'max_wal_size',
] as const;

/** Where a result comes from. */
export type Machine = {
  machine: { platform: string; release: string; cpu: string; cores: number; memoryBytes: number };
  /** Processes that wanted to run in the minute before the first row: what others were doing. */
  loadBefore: number;
  node: string;
  /** Null outside a checkout; `+` at its end: with changes that are not committed. */
  commit: string | null;
  postgres: Record<string, string>;
};

export type Results = Machine & { startedAt: string; seconds: number; scale: Scale; lines: readonly Line[] };

/** @throws Error when PostgreSQL runs with less than its default durability */
export async function machine(stage: Stage): Promise<Machine> {
  const postgres = await stage.postgres.session('postgres', async (sql) => {
    const { rows } = await sql.query<{ name: string; setting: string }>(
      `select name, current_setting(name) as setting from pg_settings where name = any ($1)`,
      [settings],
    );
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  });
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    if (postgres[name] !== 'on') throw new Error(`${name} is ${postgres[name]}: such figures mean nothing`);
  }
  const processors = cpus();
  return {
    machine: {
      platform: `${process.platform} ${process.arch}`,
      release: release(),
      cpu: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      memoryBytes: totalmem(),
    },
    loadBefore: loadavg()[0] ?? 0,
    node: process.version,
    commit: await commit(),
    postgres,
  };
}

/** @returns the file: `2026-11-23T08-12-22Z.json`, or `…-quick.json` for smaller sizes */
export async function writeResults(folder: string, results: Results): Promise<string> {
  await mkdir(folder, { recursive: true });
  const time = results.startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  const file = join(folder, `${time}${results.scale.name === 'full' ? '' : `-${results.scale.name}`}.json`);
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}

async function commit(): Promise<string | null> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: packageRoot() })).stdout.trim();
  try {
    const changed = (await git('status', '--porcelain')) !== '';
    return `${await git('rev-parse', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return null;
  }
}
