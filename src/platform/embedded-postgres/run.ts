import { spawn } from 'node:child_process';

/** A user of the operating system, and its main group. */
export type SystemUser = { name: string; uid: number; gid: number };

type RunResult = {
  /** Exit status; null when the program was killed or never ran. */
  code: number | null;
  /** Standard output and error as they came, or why the program never ran. */
  output: string;
};

const isWindows = process.platform === 'win32';

/**
 * How every program of the database is run: as `user` (null = as ourselves); in a process group of its own, so that
 * Ctrl-C in a terminal reaches Tocsin alone; from `/`, since that user may not enter our working folder; and with a bare
 * environment, so that no PGPORT, PGOPTIONS or locale of ours leaks in.
 */
export function spawnOptions(user: SystemUser | null) {
  return {
    detached: !isWindows,
    windowsHide: true,
    ...(isWindows
      ? {}
      : { cwd: '/', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' } }),
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}

/** Runs a short program to its end. Never rejects: a program that cannot run is a result, too. */
export function run(command: string, args: readonly string[], user: SystemUser | null): Promise<RunResult> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { ...spawnOptions(user), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output: output.trim() }));
  });
}
