import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BundlePlanner } from '../../src/alerts/bundle-planner.js';
import { CoverageFanOut } from '../../src/coverage/coverage-fan-out.js';
import { FanOut } from '../../src/alerts/fan-out.js';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { parseConfig } from '../../src/config.js';
import { DeliveryWorkers } from '../../src/deliveries/delivery-workers.js';
import type { Tier } from '../../src/domain/tiers.js';
import { createHttpApp } from '../../src/http-app.js';
import type { Database } from '../../src/platform/database.js';
import { freePort } from '../../src/platform/free-port.js';
import { createLogger } from '../../src/platform/logger.js';
import { openParts } from '../../src/service.js';
import { ManualClock } from './manual-clock.js';
import { createTestDatabase } from './postgres.js';

export type Answer = { status: number; body: any; headers: Headers; text: string };
export type CallOptions = { token?: string; body?: unknown; headers?: Record<string, string> };
export type TestAccount = { id: string; email: string; token: string };

/** The whole service on a database of its own, without background work: `work()` does what is due. */
export type TestApp = {
  url: string;
  operatorToken: string;
  database: Database;
  clock: ManualClock;
  app: NestFastifyApplication;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  createAccount(options?: { tier?: Tier; email?: string }): Promise<TestAccount>;
  /** Posts events one by one as structured CloudEvents; throws when one is refused. */
  postEvents(events: readonly unknown[]): Promise<void>;
  /** Fans out what has settled, plans bundles, then sends what is due now, on every lane. */
  work(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * @param environment settings on top of those of a test; `NAME` → value
 * @param logTo takes each line of the log; standard error unless given
 */
export async function startApp(
  environment: Record<string, string> = {},
  logTo?: { write(line: string): void },
): Promise<TestApp> {
  const testDatabase = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-app-'));
  const operatorToken = 'operator-token-of-this-test';
  const config = parseConfig(
    {
      PORT: String(await freePort()),
      DATABASE_URL: testDatabase.url,
      DATA_DIR: dataDir,
      SECRET_KEY: 'a secret key for tests, long enough to be one',
      OPERATOR_TOKEN: operatorToken,
      WEBHOOK_ALLOW_NETWORKS: '127.0.0.0/8',
      ROLES: 'web,worker',
      LOG_LEVEL: 'silent',
      ...environment,
    },
    () => '',
  );
  const clock = new ManualClock();
  const parts = await openParts(config, createLogger(config.logLevel, logTo), clock);
  const app = await createHttpApp(parts);
  await app.listen(config.port, config.host);

  async function call(
    method: string,
    path: string,
    { token, body, headers = {} }: CallOptions = {},
  ): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await fetch(`${config.publicUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (isJson ? JSON.parse(text) : text) as never,
    };
  }

  let accounts = 0;
  return {
    url: config.publicUrl,
    operatorToken,
    database: parts.database,
    clock,
    app,
    call,
    async createAccount({ tier = 'watcher', email = `user${++accounts}@example.org` } = {}) {
      const made = await call('POST', '/v1/accounts', { token: operatorToken, body: { email, tier } });
      if (made.status !== 201) throw new Error(`the account was refused: ${made.text}`);
      const { id } = made.body as { id: string };
      const { body } = await call('POST', `/v1/accounts/${id}/tokens`, {
        token: operatorToken,
        body: { name: 'test' },
      });
      return { id, email, token: (body as { token: string }).token };
    },
    async postEvents(events) {
      for (const event of events) {
        const answer = await call('POST', '/v1/events', {
          token: operatorToken,
          body: JSON.stringify(event),
          headers: { 'content-type': 'application/cloudevents+json' },
        });
        if (answer.status !== 202) throw new Error(`an event was refused: ${answer.text}`);
      }
    },
    async work() {
      await app.get(FanOut).run(new AbortController().signal);
      await app.get(BundlePlanner).openHeartbeats();
      await app.get(CoverageFanOut).run(new AbortController().signal);
      const workers = app.get(DeliveryWorkers);
      for (const channel of app.get(ChannelRegistry).all) {
        const worker = workers.worker(channel);
        await worker.run(new AbortController().signal);
        await worker.drain();
      }
    },
    async stop() {
      await app.close();
      await parts.close();
      await testDatabase.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
