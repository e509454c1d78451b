import { freePort } from '../../src/platform/free-port.js';
import { startProcess, type ServiceProcess } from '../support/service-process.js';

/** One process of the service, and what was done to it. */
export type Member = {
  readonly name: string;
  /** What its connections to the database are named by: no other process ever has the same. */
  readonly holder: string;
  readonly url: string;
  /** Resolves once it works; rejects when it ends before. */
  ready(): Promise<void>;
  readonly isReady: boolean;
  /** What its start took; null before it is ready. */
  readonly startMs: number | null;
  readonly isGone: boolean;
  /** Whether it ended though nobody asked it to. */
  readonly hasFallen: boolean;
  /** As `kill -9` does. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops in order. @returns its exit code */
  stop(): Promise<number | null>;
  freeze(): void;
  thaw(): void;
  /** Whether `/health/ready` says 200, and soon. */
  isHealthy(): Promise<boolean>;
  /** Deliveries that it has finished so far, as its metrics tell; null while they cannot be read. */
  finished(): Promise<number | null>;
  /** What it logged, each message once with its number. */
  complaints(): Record<string, number>;
};

export type Fleet = {
  readonly members: readonly Member[];
  /** @param port the same one as before, for a process that others must find again */
  start(name: string, environment: Record<string, string>, port?: number): Promise<Member>;
  /** What the slowest start took so far. */
  readonly slowestStartMs: number;
  /** Those that ended by themselves. */
  fallen(): string[];
  /** Ends all that still runs, in order where it can be. */
  stop(): Promise<void>;
};

/** How long a process may take to stop before it is killed. */
const stopMs = 10_000;
const answerMs = 3_000;

/** @param databaseUrl of all processes @param shared the settings of all processes */
export function newFleet(databaseUrl: string, shared: Record<string, string>): Fleet {
  const members: Member[] = [];
  return {
    members,
    get slowestStartMs() {
      return Math.max(0, ...members.map(({ startMs }) => startMs ?? 0));
    },
    async start(name, environment, port) {
      const itsPort = port ?? (await freePort());
      const holder = `faults-${members.length + 1}`;
      const url = new URL(databaseUrl);
      url.searchParams.set('application_name', holder);
      const child = startProcess([], {
        ...shared,
        DATABASE_URL: url.href,
        PORT: String(itsPort),
        ...environment,
      });
      const member = memberOf({ name, holder, url: `http://127.0.0.1:${itsPort}` }, child);
      members.push(member);
      return member;
    },
    fallen: () =>
      members
        .filter(({ hasFallen }) => hasFallen)
        .map((member) => `${member.name}: ${JSON.stringify(member.complaints())}`),
    async stop() {
      const running = members.filter(({ isGone }) => !isGone);
      await Promise.all(
        running.map(async (member) => {
          member.thaw();
          const giveUp = setTimeout(() => void member.kill(), stopMs);
          await member.stop();
          clearTimeout(giveUp);
        }),
      );
    },
  };
}

function memberOf(named: Pick<Member, 'name' | 'holder' | 'url'>, child: ServiceProcess): Member {
  const state = { startMs: null as number | null, isGone: false, wasEnded: false };
  const spawnedAt = performance.now();
  const start = async () => {
    await child.line(/Address/);
    state.startMs = performance.now() - spawnedAt;
  };
  const started = start();
  // A process that is killed while it starts is ready never, and that is no fault.
  started.catch(() => undefined);
  void child.exited.finally(() => (state.isGone = true));
  const end = async (signal: NodeJS.Signals) => {
    state.wasEnded = true;
    child.signal(signal);
    return child.exited;
  };
  return {
    ...named,
    ready: () => started,
    get isReady() {
      return state.startMs !== null && !state.isGone;
    },
    get startMs() {
      return state.startMs;
    },
    get isGone() {
      return state.isGone;
    },
    get hasFallen() {
      return state.isGone && !state.wasEnded;
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    freeze: () => child.signal('SIGSTOP'),
    thaw: () => child.signal('SIGCONT'),
    isHealthy: async () => (await textAt(`${named.url}/health/ready`)) !== null,
    async finished() {
      const metrics = await textAt(`${named.url}/metrics`);
      if (metrics === null) return null;
      const counts = metrics.matchAll(/^tocsin_deliveries_total\S* (\d+)/gm);
      return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
    },
    complaints: () => counted(child.errors.split('\n').filter(Boolean).map(messageOf)),
  };
}

/** @returns null for any answer but 200, and for none */
async function textAt(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
    const text = await answer.text();
    return answer.status === 200 ? text : null;
  } catch {
    return null;
  }
}

function counted(items: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

function messageOf(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter((part) => part !== undefined).join(': ');
  } catch {
    return line;
  }
}
