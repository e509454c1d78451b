import { isIP, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newSigningSecret } from '../../../src/channels/signing-secret.js';
import { webhookChannel } from '../../../src/channels/webhook/webhook-channel.js';
import { webhookSettings } from '../../../src/channels/webhook/webhook-settings.js';
import { webPorts } from '../../../src/domain/port-range.js';
import type { Resolve } from '../../../src/platform/outbound/name-resolver.js';
import { outboundAgent } from '../../../src/platform/outbound/outbound-agent.js';
import { startRawServer, type RawServer } from '../../platform/outbound/raw-server.js';
import { recipient } from '../../support/alert-content-fixture.js';
import { answers, hostileUrls, otherServices } from './hostile-urls.js';

const notPublic = {
  kind: 'permanent',
  reason: 'the host is not on the public internet, and webhooks go nowhere else',
};
const wrongPort = { kind: 'permanent', reason: 'the port is none of those that webhooks may go to' };
const secrets = [newSigningSecret().secret];
const head = (status: number, ...fields: string[]) =>
  [`HTTP/1.1 ${status} It`, 'content-length: 0', 'connection: close', ...fields, '', ''].join('\r\n');

const prototype: object = Socket.prototype;
const connect: (...args: unknown[]) => Socket = Reflect.get(prototype, 'connect');

/** Where it is, nobody may come. */
let listener: RawServer;
/** What the listener says to whoever comes all the same. */
let says: string;
/** Addresses that were tried, of all connections of this process since the test began. */
let tried: string[];
/** Names that were asked for. */
let asked: string[];
const channels: ReturnType<typeof webhookChannel>[] = [];

beforeAll(async () => {
  listener = await startRawServer((socket) => void socket.on('data', () => socket.write(says)));
});
beforeEach(() => {
  [says, tried, asked] = [head(204), [], []];
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...args: unknown[]) {
    this.on('connectionAttempt', (address: string) => void tried.push(address));
    return Reflect.apply(connect, this, args);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(channels.splice(0).map((channel) => channel.close()));
});
afterAll(() => listener.close());

const resolver =
  (addressesOf: (hostname: string) => readonly string[]): Resolve =>
  (hostname, callback) => {
    asked.push(hostname);
    const found = addressesOf(hostname).map((address) => ({ address, family: isIP(address) }));
    process.nextTick(callback, null, found);
  };

/** Answers out of the table; any other name leads to the listener. */
const fromTable = resolver((hostname) => answers[hostname] ?? ['127.0.0.1']);

/** Answers with these, one after the other. */
const inTurn = (turns: string[][]) => resolver(() => turns.shift() ?? []);

async function send(url: string, options: { allowNetworks?: string[]; resolve?: Resolve } = {}) {
  return sender(options)(url);
}

function sender({ allowNetworks = [], resolve = fromTable }: Parameters<typeof send>[1] = {}) {
  const channel = webhookChannel({ dispatcher: outboundAgent({ allowNetworks, resolve }) });
  channels.push(channel);
  return async (url: string) => {
    const template = await channel.render({ kind: 'test', archiveName: 'Archive' });
    return channel.send(
      channel.fill(template, recipient()),
      { settings: { url }, signingSecrets: secrets },
      { deliveryId: '1', at: new Date(), signal: new AbortController().signal },
    );
  };
}

const taken = (url: string) => webhookSettings(webPorts).safeParse({ url }).success;
const placed = (url: string) => url.replace('{port}', String(listener.port));

describe('a hostile URL', () => {
  it('is in the table at least sixty times, each another one', () => {
    expect(new Set(hostileUrls.map(({ url }) => url)).size).toBe(hostileUrls.length);
    expect(hostileUrls.length).toBeGreaterThanOrEqual(60);
  });

  it.each(hostileUrls)('is turned away at $at: $url', async ({ url, at }) => {
    expect(taken(placed(url))).toBe(at === 'connect');
    if (at === 'connect') expect(await send(placed(url))).toEqual(notPublic);
    expect(tried).toEqual([]);
    expect(listener.accepted).toBe(0);
  });

  it.each(otherServices)(
    'is turned away when it was set before the port was forbidden: $url',
    async (row) => {
      expect(await send(row.url)).toEqual(wrongPort);
      expect([...asked, ...tried]).toEqual([]);
    },
  );

  it('would reach the listener, were it allowed: so nobody came because nobody was let go', async () => {
    const trial = await startRawServer((socket) => void socket.on('data', () => socket.write(says)));
    const allowNetworks = ['127.0.0.0/8'];
    for (const host of ['127.0.0.1', '0x7f.1', 'localhost', 'anything.example', '127.0.0\u00AD.1']) {
      tried = [];
      expect(await send(`http://${host}:${trial.port}/`, { allowNetworks })).toMatchObject({ status: 204 });
      expect(tried).toEqual(['127.0.0.1']);
    }
    expect(trial.accepted).toBe(5);
    await trial.close();
  });
});

/** 127.0.0.1 stands for a public address, and the rest of 127.0.0.0/8, where the same server answers, for private ones. */
describe('a name that changes its address', () => {
  const allowNetworks = ['127.0.0.1/32'];
  let open: RawServer;
  beforeEach(async () => {
    open = await startRawServer((socket) => void socket.on('data', () => socket.write(says)));
  });
  afterEach(() => open.close());

  it.each([
    ['127.0.0.2'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['fd00:ec2::254'],
  ])('is refused from the moment that it leads to %s', async (turned) => {
    const sendThere = sender({ allowNetworks, resolve: inTurn([['127.0.0.1'], [turned], ['127.0.0.1']]) });
    const url = `http://rebinding.example:${open.port}/`;
    expect(await sendThere(url)).toMatchObject({ kind: 'delivered' });
    expect(await sendThere(url)).toEqual(notPublic);
    expect(await sendThere(url)).toMatchObject({ kind: 'delivered' });
    expect(tried).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  it('is reached at its public addresses alone, in whichever order it gives them', async () => {
    const mixed = ['127.0.0.2', '10.0.0.1', '::1', '127.0.0.1', '169.254.169.254'];
    for (const found of [mixed, mixed.toReversed()]) {
      tried = [];
      const outcome = await send(`http://mixed.example:${open.port}/`, {
        allowNetworks,
        resolve: inTurn([found]),
      });
      expect(outcome).toMatchObject({ kind: 'delivered' });
      expect(tried).toEqual(['127.0.0.1']);
    }
  });

  it.each([301, 302, 303, 307, 308])('is not followed anywhere by %d', async (status) => {
    const places = [`http://127.0.0.2:${open.port}/`, `//127.0.0.2:${open.port}/`, '/elsewhere'];
    for (const location of [...places, 'http://169.254.169.254/', 'file:///etc/passwd']) {
      [says, tried] = [head(status, `location: ${location}`), []];
      const outcome = await send(`http://moved.example:${open.port}/`, { allowNetworks, resolve: fromTable });
      expect(outcome).toMatchObject({ kind: 'retry', status });
      expect(tried).toEqual(['127.0.0.1']);
    }
    expect(open.accepted).toBe(5);
  });
});
