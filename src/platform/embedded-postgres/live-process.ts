import { existsSync, readFileSync } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { run } from './run.js';

// Linux and its like; macOS has `ps` alone.
const hasProc = existsSync('/proc/self/stat');

/**
 * Tells one run of a process from a later one that was given the same pid; null when none lives. A zombie counts as
 * dead: in a container whose first process reaps no orphans it stays for good, and signal 0 would call it alive.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  if (hasProc) return identityFromProc(pid);
  // Asking Windows for a start time takes half a second: there, a pid that was given again counts as the same process.
  if (process.platform === 'win32') return answersSignals(pid) ? 'alive' : null;
  const { code, output } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], null);
  return code !== 0 || output.startsWith('Z') ? null : output.replace(/^\S+\s+/, '');
}

/** Whether the process with this pid is a PostgreSQL server on this data folder, rather than a stranger with its pid. */
export async function servesFolder(pid: number, pgdata: string): Promise<boolean> {
  if ((await processIdentity(pid)) === null) return false;
  if (hasProc) {
    // A server makes its data folder its working folder. A hardened system may hide that, but rarely the command line.
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    if (folder !== null) return folder === pgdata;
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').includes(pgdata);
  }
  if (process.platform === 'win32') {
    return (await run('tasklist', ['/NH', '/FI', `PID eq ${pid}`], null)).output.startsWith('postgres.exe');
  }
  return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)], null)).output.includes(
    ` -D ${pgdata} `,
  );
}

async function identityFromProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name in brackets may itself hold spaces and brackets; after it come field 3 (state) and on; 22 = start time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : `${bootId()} ${fields[19]}`;
}

// Start times count from boot, so they mean nothing without it.
let knownBootId: string | undefined;
function bootId(): string {
  knownBootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return knownBootId;
}

/** Whether the system still knows the pid, be it as a zombie or as a stranger's. */
export function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
