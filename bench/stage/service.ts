import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../src/platform/free-port.js';
import { packageRoot } from '../../src/platform/package-root.js';

export type Environment = Record<string, string>;

/** A process of the built service. */
export type Service = {
  url: string;
  pid: number;
  /** Resolves once it answers that it is ready. */
  ready(): Promise<void>;
  /** As an operator does, or at once. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

const stopWithinMs = 30_000;

/** The settings of a process: what is given, on top of what every one of them has. `LOG_LEVEL` stays the default, `info`. */
export async function environmentOf(given: Environment): Promise<Environment> {
  return {
    PORT: String(await freePort()),
    SECRET_KEY: secretKey,
    OPERATOR_TOKEN: operatorToken,
    WEBHOOK_ALLOW_NETWORKS: '127.0.0.0/8',
    ...given,
  };
}

export const secretKey = 'a secret key of a benchmark, long enough to be one';
export const operatorToken = 'operator-token-of-a-benchmark';

/** Starts `bin/tocsin.js` with nothing of our own environment but the path. @param logFile takes its log */
export async function startService(given: Environment, logFile: string): Promise<Service> {
  const environment = await environmentOf(given);
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [join(packageRoot(), 'bin/tocsin.js')], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', log],
  });
  closeSync(log);
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${environment['PORT']}`;
  return {
    url,
    pid: child.pid ?? 0,
    async ready() {
      while (!(await isReady(url))) {
        if (child.exitCode !== null) throw new Error(`the service ended at its start: see ${logFile}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      const patience = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await exited;
      clearTimeout(patience);
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

/** Calls the API as the operator, or by an account's token. @throws Error when it is refused */
export async function call<Body = unknown>(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  options: { token?: string; contentType?: string } = {},
): Promise<Body> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${options.token ?? operatorToken}`,
      ...(body !== undefined && { 'content-type': options.contentType ?? 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Body;
}
