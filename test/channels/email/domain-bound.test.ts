import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SmtpPool } from '../../../src/channels/email/smtp-pool.js';
import { smtpServer } from '../../../src/channels/email/smtp-server.js';
import { testChannel } from './email-fixture.js';

/** However busy the machine is. */
const eventually = async (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** A server that does not say whether it takes mail for slow.example until it is let go. */
async function slowServer(connections: number, mostOfDomain: number, pipelining = true) {
  const waiting: (() => void)[] = [];
  let isSlow = true;
  let sockets = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    hidePIPELINING: !pipelining,
    onConnect(_session, done) {
      sockets += 1;
      done();
    },
    onData(stream, { envelope }, done) {
      const isHeld = isSlow && envelope.rcptTo.some(({ address }) => address.endsWith('@slow.example'));
      stream.resume().on('end', () => void (isHeld ? waiting.push(() => done()) : done()));
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const pool = new SmtpPool(
    smtpServer(`smtp://127.0.0.1:${port}?maxConnections=${connections}`),
    mostOfDomain,
  );
  open.push(pool, { close: async () => new Promise((resolve) => server.close(() => resolve())) });
  const { signal } = new AbortController();
  const send = async (to: string) =>
    pool.send({ from: 'a@tocsin.example', to, source: ['X: y\r\n\r\n', 'hello\r\n'] }, signal);
  return {
    send,
    waiting,
    sockets: () => sockets,
    letGo: () => {
      isSlow = false;
      for (const answer of waiting.splice(0)) answer();
    },
  };
}

const slow = (count: number) => Array.from({ length: count }, (_, n) => `n${n}@slow.example`);

describe.each([true, false])('mail to a domain that is slow, with PIPELINING: %s', (pipelining) => {
  it('holds up none to others, and goes on once it is quick', async () => {
    const { send, waiting, letGo, sockets } = await slowServer(3, 2, pipelining);
    const held = slow(12).map(send);
    await eventually(() => expect(waiting).toHaveLength(2));

    const others = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => send(`n${n}@d${n % 4}.example`)),
    );
    expect(others.filter((reply) => reply.startsWith('250'))).toHaveLength(20);
    expect(waiting).toHaveLength(2);
    expect(sockets()).toBe(3);

    letGo();
    expect(await Promise.all(held)).toHaveLength(12);
  });

  it('takes all connections but one when it is the only one', async () => {
    const { send, waiting, letGo } = await slowServer(4, 3, pipelining);
    const held = slow(20).map(send);
    await eventually(() => expect(waiting).toHaveLength(3));
    await send('ada@example.org');
    expect(waiting).toHaveLength(3);
    letGo();
    await Promise.all(held);
  });

  it('takes the one connection there is, rather than none', async () => {
    const { send, waiting, letGo } = await slowServer(1, 1, pipelining);
    const held = slow(3).map(send);
    await eventually(() => expect(waiting).toHaveLength(1));
    letGo();
    await Promise.all([...held, send('ada@example.org')]);
  });
});

describe('what the channel asks of a lane', () => {
  const of = (query: string, perDomain?: number) =>
    testChannel({ smtpUrl: `smtp://127.0.0.1:9?${query}`, ...(perDomain !== undefined && { perDomain }) });

  it.each([
    ['maxConnections=5', 4, 20, 16],
    ['maxConnections=5', 2, 20, 8],
    ['maxConnections=50', 4, 200, 16],
    ['maxConnections=3', 40, 12, 8],
    ['maxConnections=1', 4, 4, 4],
  ])('with %s and %s of a domain: %s attempts, %s to one domain', (query, perDomain, attempts, most) => {
    expect(of(query, perDomain).concurrency).toEqual({ attempts, ofOneEndpoint: { first: most, most } });
  });

  it('counts the forms of a domain as one', () => {
    const channel = of('maxConnections=5');
    const name = (address: string) => channel.share?.({ address });
    expect(name('ada@Bücher.example')).toBe(name('"b c"@XN--BCHER-KVA.example'));
    expect(name('ada@example.org')).not.toBe(name('ada@example.com'));
  });
});
