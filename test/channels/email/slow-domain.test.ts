import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { attemptTimeoutMs } from '../../../src/channels/channel.js';
import { ChannelRegistry } from '../../../src/channels/registry.js';
import { DeliveryWorkers } from '../../../src/deliveries/delivery-workers.js';
import { WORKER_PARTS, type WorkerParts } from '../../../src/deliveries/worker-parts.js';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { startSmtpSink, type SinkAnswer, type SmtpSink } from '../../support/smtp-sink.js';

let app: TestApp;
let sink: SmtpSink;
let account: TestAccount;
let answers: Record<string, SinkAnswer>;

beforeEach(async () => {
  answers = {};
  sink = await startSmtpSink({ answers });
  app = await startApp({
    SMTP_URL: `${sink.smtpUrl}?maxConnections=3`,
    SMTP_PER_DOMAIN: '2',
    MAIL_FROM: 'Tocsin <alerts@example.org>',
  });
  account = await app.createAccount();
});
afterEach(async () => {
  vi.useRealTimers();
  await app.stop();
  await sink.stop();
});

/** Makes a test mail due to each address, as if all were confirmed. */
async function due(addresses: readonly string[]): Promise<void> {
  const { token } = account;
  for (const address of addresses) {
    const [made] = await app.database.query<{ id: string }>(
      `insert into destination (account_id, kind, status, settings, created_at)
       values ($1, 'email', 'active', jsonb_build_object('address', $2::text), $3) returning id`,
      [account.id, address, app.clock.now()],
    );
    expect((await app.call('POST', `/v1/destinations/${made!.id}/test`, { token })).status).toBe(202);
  }
}

/** How many attempts were broken off. */
async function brokenOff(): Promise<number> {
  const rows = await app.database.query(`select from delivery_attempt where reason like '%was broken off'`);
  return rows.length;
}

it('mail to others goes out while a domain does not answer, however much waits for it', async () => {
  // More than there are slots: 3 connections take 12 mails at a time.
  const slow = Array.from({ length: 30 }, (_, n) => `n${n}@slow.example`);
  for (const address of slow) answers[address] = 'hang';
  await due(slow);
  await due(Array.from({ length: 6 }, (_, n) => `n${n}@quick.example`));

  const channel = app.app.get(ChannelRegistry).find('email')!;
  const worker = app.app.get(DeliveryWorkers).worker(channel);
  const stop = new AbortController();
  const run = worker.run(stop.signal);
  await vi.waitUntil(() => sink.mails.length === 6, { timeout: 15_000 });
  expect(sink.mails.every(({ to }) => to[0]!.endsWith('@quick.example'))).toBe(true);
  expect(sink.connections()).toBe(3);

  stop.abort();
  await sink.stop();
  await run;
  await worker.drain();
});

it('mail to others goes out after the attempts at such a domain have been broken off', async () => {
  const slow = Array.from({ length: 30 }, (_, n) => `n${n}@slow.example`);
  const hanging = new Set<string>();
  const hang = (address: string) => {
    hanging.add(address);
    return 'hang';
  };
  for (const address of slow) Object.defineProperty(answers, address, { get: () => hang(address) });
  await due(slow);

  const channel = app.app.get(ChannelRegistry).find('email')!;
  const worker = app.app.get(DeliveryWorkers).worker(channel);
  const stop = new AbortController();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const run = worker.run(stop.signal);
  await vi.waitUntil(() => hanging.size === 2, { timeout: 15_000 });
  vi.advanceTimersByTime(attemptTimeoutMs);
  // 2 that hung and 6 that waited for their connections: more than open a breaker.
  await vi.waitUntil(async () => (await brokenOff()) >= 8, { timeout: 15_000 });
  const { breakers } = app.app.get<WorkerParts>(WORKER_PARTS);
  expect(breakers.admit('email', 'smtp')).toEqual({ kind: 'go' });

  await due(Array.from({ length: 6 }, (_, n) => `n${n}@quick.example`));
  await worker.run(stop.signal);
  await vi.waitUntil(() => sink.mails.length === 6, { timeout: 15_000 });

  stop.abort();
  await sink.stop();
  await run;
  await worker.drain();
});
