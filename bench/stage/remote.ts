import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProgramCalls, ProgramName, ProgramOptions } from '../programs.js';

export type Call = { id: number; method: string; argument: unknown };
export type Answer = { id: number; result?: unknown; error?: string | undefined };

/** A program in a process of its own, and the calls that it answers. */
export type Remote<Name extends ProgramName> = ProgramCalls<Name> & {
  pid: number;
  /** Ends the process, whatever it is at. */
  end(): Promise<void>;
};

const entry = fileURLToPath(new URL('../child.js', import.meta.url));

/** Starts a program. @param logFile takes what it writes. @throws Error when it does not start, or ends before it answers */
export async function startRemote<Name extends ProgramName>(
  name: Name,
  options: ProgramOptions<Name>,
  logFile: string,
): Promise<Remote<Name>> {
  const log = openSync(logFile, 'a');
  const child = fork(entry, [name], { serialization: 'advanced', stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const exited = once(child, 'exit');
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended: see ${logFile}`));
  });
  child.on('message', ({ id, result, error }: Answer) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(result);
    else one?.reject(new Error(`${name}: ${error}`));
  });

  let lastId = 0;
  const call = async (method: string, argument: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      child.send({ id, method, argument } satisfies Call, (error) => error && reject(error));
    });
  const own = {
    pid: child.pid,
    end: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
  try {
    await call('start', options);
  } catch (error) {
    await own.end();
    throw error;
  }
  return new Proxy(own, {
    get: (target, method: string) =>
      // A promise is told by its `then`, and this is none.
      method in target || method === 'then'
        ? target[method as keyof typeof target]
        : async (argument: unknown) => call(method, argument),
  }) as unknown as Remote<Name>;
}
