import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newSigningSecret } from '../../../src/channels/signing-secret.js';
import { webhookChannel } from '../../../src/channels/webhook/webhook-channel.js';
import { outboundAgent } from '../../../src/platform/outbound/outbound-agent.js';
import { startRawServer, type RawServer } from '../../platform/outbound/raw-server.js';
import { recipient } from '../../support/alert-content-fixture.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';

const timeoutMs = 1_000;
const secrets = [newSigningSecret().secret];
const broke = { kind: 'retry', reason: 'the connection broke before an answer came' };
const late = { kind: 'retry', reason: 'no answer came in time' };
const notHttp = { kind: 'retry', reason: 'the answer was not valid HTTP' };
const head = (status: string, ...fields: string[]) => [`HTTP/1.1 ${status}`, ...fields, '', ''].join('\r\n');

/** Does something whenever a request comes. */
const asked = (socket: Socket, answer: () => void) =>
  void socket.on('data', (chunk) => {
    // The rest of a request may come by itself.
    if (chunk.includes('POST /')) answer();
  });

/** Says something whenever a request comes. */
const saying = (text: string) => (socket: Socket) => asked(socket, () => socket.write(text));

/** Says something and hangs up. */
const leaving = (text: string) => (socket: Socket) => asked(socket, () => socket.end(text));

/** Says the same over and over, from the moment that a request comes. */
const dripping = (first: string, drop: string) => (socket: Socket) =>
  asked(socket, () => {
    socket.write(first);
    const timer = setInterval(() => socket.write(drop), 20);
    socket.once('close', () => clearInterval(timer));
  });

/** As much as the other side takes. */
const flooding = (first: string) => (socket: Socket) => {
  const chunk = Buffer.alloc(64 * 1_024, 'x');
  const flow = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', flow);
  asked(socket, () => {
    socket.write(first);
    flow();
  });
};

const endpoints: [name: string, serve: (socket: Socket) => void, outcome: object][] = [
  ['closes at once', (socket) => socket.end(), broke],
  ['resets at once', (socket) => socket.resetAndDestroy(), broke],
  ['closes when it has the request', leaving(''), broke],
  ['says nothing', () => undefined, late],
  ['drips the head of its answer', dripping('HTTP/1.1 200 OK\r\n', 'x-drop: 1\r\n'), late],
  ['announces an answer for ever', dripping('', head('103 Early Hints', 'link: </>')), late],
  [
    'announces an answer, and gives it',
    saying(head('103 Early Hints') + head('200 OK', 'content-length: 2') + 'ok'),
    { kind: 'delivered', status: 200, excerpt: 'ok' },
  ],
  [
    'drips the body of its answer',
    dripping(head('500 Broken', 'content-length: 1000000'), 'drop '),
    { kind: 'retry', status: 500, excerpt: expect.stringMatching(/^drop drop/) },
  ],
  [
    'sends a body without end',
    flooding(head('200 OK', 'transfer-encoding: identity')),
    { kind: 'delivered', status: 200, excerpt: 'x'.repeat(500) },
  ],
  [
    'sends a gigabyte',
    flooding(head('200 OK', 'content-length: 1000000000')),
    { kind: 'delivered', status: 200, excerpt: 'x'.repeat(500) },
  ],
  ['sends a head without end', flooding('HTTP/1.1 200 OK\r\nx: '), notHttp],
  ['speaks first', (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'), { kind: 'retry' }],
  ['answers in another protocol', saying('220 mail.example ESMTP\r\n'), notHttp],
  ['asks for what it has already', saying(head('100 Continue')), broke],
  ['switches protocols', saying(head('101 Switching Protocols', 'upgrade: x', 'connection: upgrade')), broke],
  [
    'ends its body early',
    leaving(`${head('200 OK', 'content-length: 9')}half`),
    { kind: 'delivered', status: 200, excerpt: 'half' },
  ],
  [
    'breaks its body off',
    saying(`${head('503 Busy', 'retry-after: 7', 'transfer-encoding: chunked')}4\r\nhalf\r\nzz\r\n`),
    { kind: 'retry', status: 503, afterSeconds: 7, excerpt: 'half' },
  ],
];

let receiver: WebhookReceiver;
let server: RawServer | undefined;
let channel: ReturnType<typeof webhookChannel>;
const unhandled = vi.fn<(fault: unknown) => void>();

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  channel = webhookChannel({ dispatcher: outboundAgent({ allowNetworks: ['127.0.0.0/8'] }), timeoutMs });
  process.on('unhandledRejection', unhandled).on('warning', unhandled);
});
afterEach(async () => {
  await server?.close();
  await channel.close();
  await receiver.close();
  process.off('unhandledRejection', unhandled).off('warning', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

async function send(url: string) {
  const payload = channel.fill(await channel.render({ kind: 'test', archiveName: 'Archive' }), recipient());
  const context = { deliveryId: '1', at: new Date(), signal: new AbortController().signal };
  return channel.send(payload, { settings: { url }, signingSecrets: secrets }, context);
}

describe('an endpoint that goes astray', () => {
  it.each(endpoints)('%s: holds up nobody, and is called what it is', async (_, serve, outcome) => {
    server = await startRawServer(serve);
    const [startedAt, url] = [performance.now(), server.url()];
    const strays = [send(url), send(url), send(url)];
    expect(await send(receiver.url())).toMatchObject({ kind: 'delivered' });
    for (const stray of await Promise.all(strays)) expect(stray).toMatchObject(outcome);
    expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 1_500);
  });

  it('is read no further than 64 KiB, and then disconnected', async () => {
    let written = 0;
    server = await startRawServer((socket) => {
      flooding(head('200 OK', 'content-length: 1000000000'))(socket);
      socket.once('close', () => (written = socket.bytesWritten));
    });
    expect(await send(server.url())).toMatchObject({ kind: 'delivered' });
    await vi.waitFor(() => expect(server?.open).toBe(0), { timeout: 20_000 });
    // Beside what was read there is what the system held in its buffers.
    expect(written).toBeLessThan(50_000_000);
  });

  it('answers twice: the second answer is nobody’s', async () => {
    server = await startRawServer(
      saying(`${head('200 OK', 'content-length: 2')}ok${head('410 Gone', 'content-length: 0')}`),
    );
    for (let time = 0; time < 5; time++) {
      expect(await send(server.url())).toEqual({ kind: 'delivered', status: 200, excerpt: 'ok' });
    }
  });

  it('closes a connection that was kept, just as it is used again: that is tried again', async () => {
    server = await startRawServer((socket) => {
      let requests = 0;
      asked(socket, () => {
        if (++requests === 1) socket.write(head('204 No Content'));
        else socket.resetAndDestroy();
      });
    });
    expect(await send(server.url())).toMatchObject({ kind: 'delivered' });
    // A connection is free again in the next turn of the event loop.
    await turn();
    await turn();
    expect(await send(server.url())).toEqual(broke);
    expect(server.accepted).toBe(1);
    expect(await send(server.url())).toMatchObject({ kind: 'delivered' });
  });
});
