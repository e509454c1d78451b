import { isIP } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Resolve } from '../../../src/platform/outbound/name-resolver.js';
import { outboundAgent, type OutboundOptions } from '../../../src/platform/outbound/outbound-agent.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { startRawServer } from './raw-server.js';

const refused = { code: 'ERR_ADDRESS_REFUSED' };

/** What the resolver of these tests answers, by name. */
const zone: Record<string, string[]> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'internal.example': ['10.1.2.3'],
  'metadata.google.internal': ['169.254.169.254'],
  'all-private.example': ['192.168.1.1', 'fd00::1', '100.64.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'odd.example': ['0x7f.1'],
  'scoped.example': ['fe80::1%lo'],
  'unspecified.example': ['0.0.0.0'],
  'v6-loopback.example': ['::1'],
};

/** A resolver that answers with these addresses. */
function answering(addressesOf: (hostname: string) => readonly string[]): Resolve {
  return (hostname, callback) => {
    const addresses = addressesOf(hostname).map((address) => ({ address, family: isIP(address) }));
    process.nextTick(callback, null, addresses);
  };
}

const resolveFromZone = answering((hostname) => zone[hostname] ?? []);

const agents: { destroy(): Promise<void> }[] = [];

function agentFor(options: OutboundOptions) {
  const agent = outboundAgent(options);
  agents.push(agent);
  return agent;
}

let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
});
afterAll(() => receiver.close());

describe('outboundAgent', () => {
  it.each([
    // loopback and this host, in every spelling that a URL can have
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '127.255.255.254',
    '0x7f.1',
    '0x7f000001',
    '0177.0.0.1',
    '0177.0.0.01',
    '2130706433',
    '017700000001',
    '①②⑦.⓪.⓪.①',
    '%31%32%37.0.0.1',
    '127。0。0。1',
    '0',
    '0.0.0.0',
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b:1::127.0.0.1]',
    '[2002:7f00:1::]',
    '[2001:0:4136:e378:8000:63bf:80ff:fffe]',
    // private, shared, link-local, metadata
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.0.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[fd00:ec2::254]',
    '[fc00::1]',
    '[fe80::1]',
    '[fec0::1]',
    '168.63.129.16',
    // special purpose
    '192.0.0.1',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '198.18.0.1',
    '192.88.99.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '[100::1]',
    '[2001:db8::1]',
    '[2001:2::1]',
    '[3fff::1]',
    '[5f00::1]',
    '[ff02::1]',
    '[4000::1]',
    // names
    ...Object.keys(zone),
  ])('refuses http://%s', async (host) => {
    const dispatcher = agentFor({ allowNetworks: [], resolve: resolveFromZone });
    await expect(request(`http://${host}:${receiver.port}/`, { dispatcher })).rejects.toMatchObject(refused);
    expect(receiver.requests).toEqual([]);
  });

  it('refuses https alike, before any TLS', async () => {
    const dispatcher = agentFor({ allowNetworks: [], resolve: resolveFromZone });
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      await expect(request(`https://${host}:${receiver.port}/`, { dispatcher })).rejects.toMatchObject(
        refused,
      );
    }
  });

  it('checks what the resolver of the system answers as well', async () => {
    const dispatcher = agentFor({ allowNetworks: [] });
    await expect(
      request(`http://localhost:${receiver.port}/`, { dispatcher, method: 'POST' }),
    ).rejects.toMatchObject(refused);
    expect(receiver.requests).toEqual([]);
  });

  it('reaches an allowed network, by address and by name', async () => {
    const dispatcher = agentFor({ allowNetworks: ['127.0.0.0/8'], resolve: resolveFromZone });
    for (const host of ['127.0.0.1', 'localhost']) {
      const answer = await request(`http://${host}:${receiver.port}/`, { dispatcher });
      await answer.body.dump();
      expect(answer.statusCode).toBe(204);
    }
  });

  it('takes of a mixed answer only the addresses that it may reach', async () => {
    const resolve = answering(() => ['127.0.0.2', '::1', '127.0.0.1']);
    const dispatcher = agentFor({ allowNetworks: ['127.0.0.1/32'], resolve });
    const answer = await request(`http://mixed.example:${receiver.port}/`, { dispatcher });
    await answer.body.dump();
    expect(answer.statusCode).toBe(204);
  });

  it('resolves once for a connection and again for the next, so a name that turns private is refused', async () => {
    receiver.script('/rebind', { status: 200, headers: { connection: 'close' } });
    const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.1'];
    const asked: string[] = [];
    const resolve = answering((hostname) => [answers[asked.push(hostname) - 1] ?? '127.0.0.2']);
    // 127.0.0.1 stands for the public address and 127.0.0.2, where the same server could answer, for the private one.
    const dispatcher = agentFor({ allowNetworks: ['127.0.0.1/32'], resolve });
    const url = `http://rebind.example:${receiver.port}/rebind`;

    const first = await request(url, { dispatcher });
    await first.body.dump();
    expect(asked).toHaveLength(1);
    await expect(request(url, { dispatcher })).rejects.toMatchObject(refused);
    expect(asked).toHaveLength(2);
  });

  it('hands on what the resolver says of a name that does not exist', async () => {
    const noSuchName = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    const resolve: Resolve = (_hostname, callback) => process.nextTick(callback, noSuchName, []);
    const dispatcher = agentFor({ allowNetworks: [], resolve });
    await expect(request('http://nowhere.example/', { dispatcher })).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });

  it('follows no redirect', async () => {
    receiver.script('/moved', { status: 302, headers: { location: 'http://127.0.0.1/elsewhere' } });
    const dispatcher = agentFor({ allowNetworks: ['127.0.0.0/8'] });
    const answer = await request(receiver.url('/moved'), { dispatcher });
    await answer.body.dump();
    expect(answer.statusCode).toBe(302);
  });

  it('asks once for the address of a host that is connected to several times at once', async () => {
    const waiting: (() => void)[] = [];
    const answers: [Error | null, string[]][] = [];
    const resolve: Resolve = (_hostname, callback) =>
      void waiting.push(() => {
        const [error, addresses] = answers.shift() ?? [null, []];
        callback(
          error,
          addresses.map((address) => ({ address, family: 4 })),
        );
      });
    const dispatcher = agentFor({ allowNetworks: ['127.0.0.1/32'], resolve });
    const url = `http://one.example:${receiver.port}/`;
    const threeAtOnce = async () => {
      const requests = Promise.allSettled(
        Array.from({ length: 3 }, async () => {
          const answer = await request(url, { dispatcher, reset: true });
          await answer.body.dump();
          return answer.statusCode;
        }),
      );
      await vi.waitFor(() => expect(waiting).toHaveLength(1), { timeout: 20_000 });
      waiting.shift()?.();
      return requests;
    };

    answers.push([Object.assign(new Error('try again'), { code: 'EAI_AGAIN' }), []]);
    const failed = { status: 'rejected', reason: expect.objectContaining({ code: 'EAI_AGAIN' }) };
    expect(await threeAtOnce()).toEqual([failed, failed, failed]);

    answers.push([null, ['127.0.0.1']]);
    const answered = { status: 'fulfilled', value: 204 };
    expect(await threeAtOnce()).toEqual([answered, answered, answered]);

    answers.push([null, ['127.0.0.2']]);
    const unreached = { status: 'rejected', reason: expect.objectContaining(refused) };
    expect(await threeAtOnce()).toEqual([unreached, unreached, unreached]);
  });

  it('keeps no more connections than it may, and keeps some again once there is room', async () => {
    const servers = await Promise.all(
      Array.from({ length: 5 }, async () =>
        startRawServer((socket) => socket.on('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))),
      ),
    );
    const dispatcher = agentFor({ allowNetworks: ['127.0.0.0/8'], mostKept: 2 });
    const open = () => servers.map((server) => server.open);
    for (const server of servers) {
      const answer = await request(server.url(), { dispatcher });
      await answer.body.dump();
    }
    await vi.waitFor(() => expect(open()).toEqual([1, 1, 0, 0, 0]), { timeout: 20_000 });
    await servers[0]?.close();
    await vi.waitFor(() => expect(open()).toEqual([0, 1, 0, 0, 0]), { timeout: 20_000 });

    // The last is connected to once more, and that connection is used again.
    for (const _ of [1, 2]) {
      const answer = await request(servers[4]?.url() ?? '', { dispatcher });
      await answer.body.dump();
      await turn();
      await turn();
    }
    expect(open()).toEqual([0, 1, 0, 0, 1]);
    expect(servers[4]?.accepted).toBe(2);
    await Promise.all(servers.slice(1).map((server) => server.close()));
  });
});
