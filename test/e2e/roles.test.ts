import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../src/platform/free-port.js';
import { provisionEvent, side } from '../support/events.js';
import { program, startProcess, type ServiceProcess } from '../support/service-process.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

const operatorToken = 'operator-token-of-the-roles-test';

describe('several processes on one database', { timeout: 90_000 }, () => {
  let dataDir: string;
  let databaseUrl: string;
  let receiver: WebhookReceiver;
  let web: string;
  const processes = new Map<string, ServiceProcess>();

  const call = async (
    method: string,
    path: string,
    token: string,
    body?: unknown,
    type = 'application/json',
  ) => {
    const answer = await fetch(`${web}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBeLessThan(300);
    return answer.status === 204 ? null : answer.json();
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tocsin-roles-'));
    receiver = await startWebhookReceiver();
    // A database without a schema: all of them want to migrate it at the same moment.
    const server = new Client({ connectionString: inject('postgresUrl') });
    await server.connect();
    await server.query('drop database if exists roles_test with (force)');
    await server.query('create database roles_test');
    await server.end();
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/roles_test';
    databaseUrl = url.href;
    const port = await freePort();
    web = `http://127.0.0.1:${port}`;
    for (const [name, roles, itsPort] of [
      ['web', 'web', port],
      ['worker', 'worker', 0],
      ['worker 2', 'worker', 0],
      ['scheduler', 'scheduler', 0],
      ['scheduler 2', 'scheduler', 0],
    ] as const) {
      processes.set(
        name,
        startProcess([], {
          DATABASE_URL: databaseUrl,
          SECRET_KEY: 'one secret key for all the processes of it',
          OPERATOR_TOKEN: operatorToken,
          DATA_DIR: dataDir,
          WEBHOOK_ALLOW_NETWORKS: '127.0.0.0/8',
          REVISION_SETTLE_S: '1',
          ROLES: roles,
          PORT: String(itsPort),
          LOG_LEVEL: 'error',
        }),
      );
    }
    await Promise.all([...processes.values()].map(async (one) => one.line(/Address/)));
  }, 60_000);
  afterAll(async () => {
    for (const one of processes.values()) one.signal('SIGTERM');
    await Promise.all([...processes.values()].map(async (one) => one.exited));
    await receiver.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('migrate at once, and each does what its roles say', async () => {
    for (const one of processes.values()) expect(one.errors).toBe('');
    const worker = /http:[/\d.:]+\d/.exec(processes.get('worker')?.output ?? '')?.[0];
    expect((await fetch(`${worker}/health/ready`)).status).toBe(200);
    expect((await fetch(`${worker}/v1/account`)).status).toBe(404);
  });

  it('carry an event to a webhook; SIGTERM finishes what is in flight', async () => {
    const account = await call('POST', '/v1/accounts', operatorToken, {
      email: 'roles@example.org',
      tier: 'watcher',
    });
    const { token } = await call('POST', `/v1/accounts/${account.id}/tokens`, operatorToken, { name: 't' });
    const destination = await call('POST', '/v1/destinations', token, {
      kind: 'webhook',
      settings: { url: receiver.url('/slow') },
    });
    const watchlist = await call('POST', '/v1/watchlists', token, {
      name: 'All',
      destinationIds: [destination.id],
    });
    await call('PUT', `/v1/watchlists/${watchlist.id}/follows/everything/*`, token);

    // A revision of unknown size: a scheduler settles it, a worker sends it.
    receiver.script('/slow', { status: 200, delayMs: 1_500 });
    const events = [1, 2].map((n) =>
      provisionEvent({
        entity: 'roles',
        provision: `roles-${n}`,
        revision: { id: 'r1' },
        after: side('high'),
      }),
    );
    await call('POST', '/v1/events', operatorToken, events, 'application/cloudevents-batch+json');
    await receiver.waitFor(1);
    for (const name of ['worker', 'worker 2']) processes.get(name)?.signal('SIGTERM');
    for (const name of ['worker', 'worker 2']) expect(await processes.get(name)?.exited).toBe(0);
    const { items } = await call('GET', '/v1/deliveries', token);
    expect(items).toMatchObject([{ state: 'delivered', attempts: [{ outcome: 'delivered', status: 200 }] }]);
    expect(receiver.requests).toHaveLength(1);
    expect(JSON.parse(receiver.requests[0]?.body.toString() ?? '').data.changes).toHaveLength(2);
  });
});

it.each([
  [{ PORT: 'abc' }, /^tocsin: PORT must be a port .*, not "abc"\n$/],
  [{ DATABASE_URL: 'postgres://127.0.0.1/x' }, /^tocsin: SECRET_KEY is missing.*\n$/],
  [
    {
      DATABASE_URL: 'postgres://toc:hunter2@127.0.0.1:1/x',
      SECRET_KEY: 'one secret key, long enough to be one',
    },
    /^tocsin: DATABASE_URL leads to no database at 127\.0\.0\.1:1\/x: (?!.*hunter2).*\n$/,
  ],
  [{ DATA_DIR: program }, /^tocsin: DATA_DIR \S+ cannot be used: .*\n$/],
])('stops the start with one line for %o', async (environment: object, line) => {
  const failed = startProcess([], { ...environment });
  expect(await failed.exited).toBe(1);
  expect(failed.errors).toMatch(line);
});
