import { afterEach, describe, expect, it, vi } from 'vitest';
import { SmtpPool } from '../../../src/channels/email/smtp-pool.js';
import { smtpServer } from '../../../src/channels/email/smtp-server.js';
import { startSmtpSink, type SinkAnswer, type SmtpSink } from '../../support/smtp-sink.js';

/** However busy the machine is. */
const eventually = async (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

const open: { close(): Promise<void> }[] = [];
const full = { code: 450, text: '4.2.1 try later' };
const noRecipient: SinkAnswer = { refuse: 'recipient', ...full };
const noMail: SinkAnswer = { refuse: 'data', code: 552, text: '5.3.4 too big' };

async function sinkAndPool(options?: Parameters<typeof startSmtpSink>[0], query = 'maxConnections=1') {
  const sink = await startSmtpSink(options);
  const pool = new SmtpPool(smtpServer(`${sink.smtpUrl}?${query}`));
  open.push(pool, { close: () => sink.stop() });
  /** Resolves to the reply, or to the code of the error. */
  const send = (name: string, signal = new AbortController().signal) =>
    pool
      .send(
        {
          from: 'alerts@tocsin.example',
          to: `${name}@example.org`,
          source: [`Message-ID: <${name}@tocsin.example>\r\n\r\n`, Buffer.from('Hello\r\n')],
        },
        signal,
      )
      .catch((error: { code: string; response?: string }) => error.response ?? error.code);
  return { sink, pool, send };
}

/** The addresses whose mail came in, in order. */
const taken = ({ mails }: SmtpSink) => mails.map(({ to }) => to[0]?.replace('@example.org', ''));
const ok = expect.stringContaining('250 2.0.0 Ok');
const answers = (by: Record<string, SinkAnswer>) => ({
  answers: Object.fromEntries(Object.entries(by).map(([name, answer]) => [`${name}@example.org`, answer])),
});

afterEach(async () => {
  vi.useRealTimers();
  for (const thing of open.splice(0)) await thing.close();
});

describe.each([true, false])('one connection, with PIPELINING: %s', (pipelining) => {
  it('carries one mail after the other, to the byte', async () => {
    const { sink, send } = await sinkAndPool({ pipelining });
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    expect(await Promise.all(names.map((name) => send(name)))).toEqual(names.map(() => ok));
    expect(taken(sink)).toEqual(names);
    expect(sink.mails.map(({ source }) => source)).toEqual(
      names.map((name) => `Message-ID: <${name}@tocsin.example>\r\n\r\nHello\r\n`),
    );
    expect(sink.connections()).toBe(1);
  });

  it('goes on after refusals, and gives each mail its own', async () => {
    const { sink, send } = await sinkAndPool({
      pipelining,
      ...answers({ b: noRecipient, c: noMail, d: noMail, f: noRecipient, g: noRecipient }),
    });
    const replies = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => send(name)));
    const [recipient, mail] = [expect.stringMatching(/^450/), expect.stringMatching(/^552/)];
    expect(replies).toEqual([ok, recipient, mail, mail, ok, recipient, recipient, ok]);
    expect(taken(sink)).toEqual(['a', 'c', 'd', 'e', 'h']);
    expect(await send('i')).toEqual(ok);
    expect(sink.connections()).toBe(1);
  });

  it('goes on after a refusal when it was idle', async () => {
    const { sink, send } = await sinkAndPool({ pipelining, ...answers({ a: noRecipient, b: noMail }) });
    expect(await send('a')).toMatch(/^450/);
    expect(await send('b')).toMatch(/^552/);
    expect(await send('c')).toEqual(ok);
    expect(sink.connections()).toBe(1);
  });

  it.each(['close', 'close-after-data'] as const)(
    'fails one mail alone when the server hangs up: %s',
    async (answer) => {
      const { sink, send } = await sinkAndPool({ pipelining, ...answers({ b: answer }) });
      const replies = await Promise.all(['a', 'b', 'c', 'd'].map((name) => send(name)));
      expect(replies).toEqual([ok, 'ECONNECTION', ok, ok]);
      expect(taken(sink).filter((name) => name !== 'b')).toEqual(['a', 'c', 'd']);
      expect(sink.connections()).toBe(2);
    },
  );

  it('breaks off the mail whose signal says so, and no other', async () => {
    const { sink, send } = await sinkAndPool({ pipelining, ...answers({ a: 'hang-after-data' }) });
    const [giveUpA, giveUpB] = [new AbortController(), new AbortController()];
    const a = send('a', giveUpA.signal);
    const [b, c, d] = [send('b', giveUpB.signal), send('c'), send('d')];
    await eventually(() => expect(sink.connections()).toBe(1));
    // It waits behind the first, perhaps announced to the server already.
    giveUpB.abort();
    expect(await b).toBe('EABORT');
    giveUpA.abort();
    expect(await Promise.all([a, c, d])).toEqual(['EABORT', ok, ok]);
    expect(taken(sink)).toEqual(['c', 'd']);
  });

  it('does not take a mail whose signal has spoken', async () => {
    const { sink, send } = await sinkAndPool({ pipelining });
    expect(await send('a', AbortSignal.abort())).toBe('EABORT');
    expect(await send('b')).toEqual(ok);
    expect(taken(sink)).toEqual(['b']);
  });

  it('is given up after so many mails', async () => {
    const { sink, send } = await sinkAndPool({ pipelining }, 'maxConnections=1&maxMessages=3');
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(await Promise.all(names.map((name) => send(name)))).toEqual(names.map(() => ok));
    expect(await send('h')).toEqual(ok);
    expect(taken(sink)).toEqual([...names, 'h']);
    expect(sink.connections()).toBe(3);
  });
});

describe('the pool', () => {
  it('opens no more connections than it may', async () => {
    const { sink, send } = await sinkAndPool({}, 'maxConnections=3');
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`);
    expect(await Promise.all(names.map((name) => send(name)))).toEqual(names.map(() => ok));
    expect(new Set(taken(sink))).toEqual(new Set(names));
    expect(sink.mails).toHaveLength(names.length);
    expect(sink.connections()).toBe(3);
  });

  it('announces no mail ahead when the URL forbids it', async () => {
    const { sink, send } = await sinkAndPool({}, 'maxConnections=1&pipelining=false');
    expect(await Promise.all(['a', 'b'].map((name) => send(name)))).toEqual([ok, ok]);
    expect(taken(sink)).toEqual(['a', 'b']);
  });

  it.each(['starttls', 'smtps'] as const)('sends over TLS: %s', async (tls) => {
    const login = { user: 'tocsin', password: 'right' };
    const { sink, send } = await sinkAndPool({ tls, login }, 'maxConnections=1&tls.rejectUnauthorized=false');
    const names = Array.from({ length: 10 }, (_, index) => `n${index}`);
    expect(await Promise.all(names.map((name) => send(name)))).toEqual(names.map(() => ok));
    expect(taken(sink)).toEqual(names);
    expect(sink.connections()).toBe(1);
  });

  it("sends nothing to a server whose certificate is nobody's", async () => {
    const { sink, send } = await sinkAndPool({ tls: 'starttls' });
    expect(await send('a')).toBe('ESOCKET');
    expect(sink.mails).toEqual([]);
  });

  it('says goodbye to a connection that has had nothing to do for 20 s', async () => {
    // The sink greets late, by the same clock.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const { sink, send } = await sinkAndPool();
    await send('a');
    vi.advanceTimersByTime(19_000);
    await send('b');
    vi.advanceTimersByTime(19_000);
    await send('c');
    expect(sink.connections()).toBe(1);
    vi.advanceTimersByTime(20_000);
    await send('d');
    expect(sink.connections()).toBe(2);
  });

  it('lets what is on its way come to its end when it closes, and takes no more', async () => {
    const { sink, pool, send } = await sinkAndPool();
    const [a, b] = [send('a'), send('b')];
    const closed = pool.close();
    expect(await Promise.all([send('c'), b])).toEqual(['ESHUTDOWN', 'ESHUTDOWN']);
    await closed;
    expect(taken(sink)).toEqual(['a']);
    expect(await a).toEqual(ok);
  });
});
