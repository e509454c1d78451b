import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The built program; a file, and no folder. */
export const program = fileURLToPath(new URL('../../bin/tocsin.js', import.meta.url));

export type ServiceProcess = {
  pid: number;
  /** Everything it has written to standard output so far. */
  readonly output: string;
  readonly errors: string;
  /** Resolves when a line of its output matches; rejects when it ends before. */
  line(pattern: RegExp): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  /** Its exit code; null when a signal killed it. */
  exited: Promise<number | null>;
};

/** Runs the built program as a user would, with nothing of this process's environment but the path. */
export function startProcess(
  args: readonly string[],
  environment: Record<string, string>,
  cwd?: string,
): ServiceProcess {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  });
  const lines: string[] = [];
  let errors = '';
  const waiting = new Set<{
    pattern: RegExp;
    resolve: (line: string) => void;
    reject: (error: Error) => void;
  }>();
  createInterface({ input: child.stdout! }).on('line', (line) => {
    lines.push(line);
    for (const one of waiting) if (one.pattern.test(line)) one.resolve(line);
  });
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => {
    for (const one of waiting)
      one.reject(new Error(`it ended (${code}) before it said ${one.pattern}: ${errors}`));
    return code as number | null;
  });
  return {
    pid: child.pid!,
    get output() {
      return lines.join('\n');
    },
    get errors() {
      return errors;
    },
    async line(pattern) {
      const said = lines.find((line) => pattern.test(line));
      if (said !== undefined) return said;
      return new Promise((resolve, reject) => waiting.add({ pattern, resolve, reject }));
    },
    signal(signal) {
      child.kill(signal);
    },
    exited,
  };
}
