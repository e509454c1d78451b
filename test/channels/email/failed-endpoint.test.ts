import { afterEach, expect, it, vi } from 'vitest';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import { startSmtpSink } from '../../support/smtp-sink.js';
import { attempt, testChannel, to } from './email-fixture.js';
import { startSilentServer } from './silent-server.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** A channel with one connection, and what is told of the server by an attempt at an address. */
async function channelTo(smtpUrl: string, query = '') {
  const channel = testChannel({ smtpUrl: `${smtpUrl}?maxConnections=1${query}` });
  open.unshift(channel);
  const payload = channel.fill(await channel.render(alertContent()), recipient());
  return {
    channel,
    send: async (address: string, signal?: AbortSignal) =>
      channel.send(payload, to(address), attempt(signal)),
  };
}

async function sinkThat(answer: 'hang' | 'hang-after-data' | 'close' | 'close-after-data') {
  const sink = await startSmtpSink({ answers: { 'ada@slow.example': answer } });
  open.push({ close: async () => sink.stop() });
  return { sink, ...(await channelTo(sink.smtpUrl)) };
}

async function silent() {
  const server = await startSilentServer();
  open.push(server);
  return server;
}

it.each(['hang', 'hang-after-data'] as const)(
  'a server that was ready for mail has answered, though the domain did not: %s',
  async (answer) => {
    const { send } = await sinkThat(answer);
    expect(await send('ada@slow.example', AbortSignal.timeout(500))).toMatchObject({ endpoint: 'answered' });
  },
);

it.each(['close', 'close-after-data'] as const)('so has one that hangs up then: %s', async (answer) => {
  const { send } = await sinkThat(answer);
  expect(await send('ada@slow.example')).toMatchObject({ kind: 'retry', endpoint: 'answered' });
});

it('mail that waited for a connection in vain tells nothing of the server', async () => {
  const { sink, send } = await sinkThat('hang');
  const giveUp = new AbortController();
  const before = send('ada@slow.example', giveUp.signal);
  await vi.waitUntil(() => sink.connections() === 1, { timeout: 10_000 });
  const waited = await send('eve@slow.example', AbortSignal.timeout(50));
  expect(waited).toMatchObject({ kind: 'retry', endpoint: null });
  giveUp.abort();
  await before;
});

it('nor does mail that was cut off as soon as it had one', async () => {
  const server = await silent();
  const { send } = await channelTo(server.smtpUrl);
  expect(await send('ada@slow.example', AbortSignal.timeout(100))).toMatchObject({
    kind: 'retry',
    endpoint: null,
  });
});

it('nor does mail for which it was too late', async () => {
  const { channel, send } = await channelTo('smtp://127.0.0.1:9');
  await channel.close();
  expect(await send('ada@slow.example')).toMatchObject({ kind: 'retry', endpoint: null });
});

it('a server that does not greet has failed', async () => {
  const server = await silent();
  const { send } = await channelTo(server.smtpUrl, '&greetingTimeout=100');
  const outcome = await send('ada@slow.example');
  expect(outcome).toMatchObject({ kind: 'retry' });
  expect(outcome).not.toHaveProperty('endpoint');
});

it('so has one that is not there', async () => {
  const server = await silent();
  await server.close();
  const { send } = await channelTo(server.smtpUrl);
  const outcome = await send('ada@slow.example');
  expect(outcome).toMatchObject({ kind: 'retry' });
  expect(outcome).not.toHaveProperty('endpoint');
});
