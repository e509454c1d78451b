import { afterEach, describe, expect, it, vi } from 'vitest';
import { attemptTimeoutMs } from '../../../src/channels/channel.js';
import { alertContent, changeContent, recipient } from '../../support/alert-content-fixture.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { attempt, mailOf, testChannel, to } from './email-fixture.js';

const open: { stop(): Promise<void> }[] = [];

async function sinkAndChannel(
  options?: Parameters<typeof startSmtpSink>[0],
  smtpUrl?: (url: string) => string,
) {
  const sink = await startSmtpSink(options);
  const channel = testChannel({ smtpUrl: smtpUrl?.(sink.smtpUrl) ?? sink.smtpUrl });
  open.push({ stop: () => channel.close() }, sink);
  const payload = channel.fill(
    await channel.render(alertContent({ changes: [changeContent()] })),
    recipient(),
  );
  const send = (address: string, signal?: AbortSignal) => channel.send(payload, to(address), attempt(signal));
  return { sink, channel, payload, send };
}

afterEach(async () => {
  vi.useRealTimers();
  for (const thing of open.splice(0)) await thing.stop();
});

const only = ({ mails }: SmtpSink) => {
  const [mail] = mails;
  if (mail === undefined || mails.length !== 1) throw new Error(`${mails.length} mails came in`);
  return mail;
};

describe('sending a mail', () => {
  it('delivers text and HTML with the headers of a well-behaved list', async () => {
    const { sink, send } = await sinkAndChannel();
    const outcome = await send('ada+tocsin@example.org');

    expect(outcome).toEqual({
      kind: 'delivered',
      status: 250,
      providerId: '4bCdE1fGh2',
      excerpt: '250 2.0.0 Ok: queued as 4bCdE1fGh2',
    });
    const { from, to: envelopeTo, parsed } = only(sink);
    expect([from, envelopeTo]).toEqual(['alerts@tocsin.example', ['ada+tocsin@example.org']]);
    expect(parsed.from?.text).toBe('"Tocsin" <alerts@tocsin.example>');
    expect(parsed.subject).toBe(
      '[High ▲] Harbourline: Harbourline Terms of Service: Liability for Loss of Data',
    );
    const composed = await mailOf(alertContent({ changes: [changeContent()] }));
    expect(parsed.messageId).toBe(composed.messageId);
    expect(parsed.date).toEqual(new Date('2026-05-04T09:01:30Z'));
    expect(parsed.text).toBe(composed.text);
    expect(parsed.html).toBe(composed.html);
    expect(parsed.html).toContain('<del class="removed"');

    const header = (name: string) =>
      parsed.headerLines.find(({ key }) => key === name)?.line.replaceAll(/\r?\n\s+/g, ' ');
    expect(header('date')).toBe('Date: Mon, 04 May 2026 09:01:30 +0000');
    expect(header('list-unsubscribe')).toBe(
      'List-Unsubscribe: <https://tocsin.example/unsubscribe?token=u1.K3fZ9-q_7w>, <mailto:unsubscribe+u1.K3fZ9-q_7w@tocsin.example>',
    );
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(header('list-id')).toBe('List-Id: Tocsin alerts <alerts.tocsin.example>');
    expect(header('auto-submitted')).toBe('Auto-Submitted: auto-generated');
    expect(header('feedback-id')).toBe('Feedback-ID: alert:professional:email:tocsin');
  });

  it('keeps an endless unsubscribe link in one piece', async () => {
    const { sink, channel } = await sinkAndChannel();
    const unsubscribe = `https://tocsin.example/unsubscribe/${'aB3_-'.repeat(60)}`;
    const payload = channel.fill(await channel.render(alertContent()), recipient({ links: { unsubscribe } }));
    await channel.send(payload, to('ada@example.org'), attempt());
    const lines = only(sink).parsed.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? '';
    expect(lines.replaceAll(/\r?\n /g, ' ')).toContain(`<${unsubscribe}>, <mailto:`);
  });

  it('sends every attempt of a delivery under the same Message-ID and date', async () => {
    const { sink, send } = await sinkAndChannel();
    await send('ada@example.org');
    await send('ada@example.org');
    const [first, second] = sink.mails.map(({ parsed }) => [parsed.messageId, parsed.date]);
    expect(first).toEqual(second);
    expect(sink.connections()).toBe(1);
  });

  it('sends no header that hostile names could have slipped in', async () => {
    const { sink, channel } = await sinkAndChannel();
    const base = alertContent();
    const content = alertContent({
      entity: { ...base.entity, name: 'Evil\r\nBcc: eve@evil.example\r\n\r\nbody' },
    });
    await channel.send(
      channel.fill(await channel.render(content), recipient()),
      to('ada@example.org'),
      attempt(),
    );
    const { parsed, to: envelopeTo } = only(sink);
    expect(envelopeTo).toEqual(['ada@example.org']);
    expect(parsed.headers.has('bcc')).toBe(false);
    expect(parsed.subject).toMatch(/^\[High ▲\] Evil Bcc: eve@evil.example body: /);
  });
});

describe('a mail that is not taken', () => {
  it.each([
    ['450 at the recipient', { refuse: 'recipient', code: 450, text: '4.2.1 try later' }, 'retry'],
    ['451 at the mail itself', { refuse: 'data', code: 451, text: '4.7.1 greylisted' }, 'retry'],
    ['552 at the mail itself', { refuse: 'data', code: 552, text: '5.3.4 too big' }, 'permanent'],
    ['550 without an enhanced code', { refuse: 'recipient', code: 550, text: 'no' }, 'retry'],
  ] as const)('%s', async (_what, answer, kind) => {
    const { send } = await sinkAndChannel({ answers: { 'ada@example.org': answer } });
    const outcome = await send('ada@example.org');
    expect(outcome).toMatchObject({ kind, status: answer.code });
    expect(outcome).not.toHaveProperty('disable');
  });

  it('disables the destination when its mailbox does not exist', async () => {
    const answer = {
      refuse: 'recipient',
      code: 550,
      text: '5.1.1 <ada@example.org>: no mailbox of ada here',
    } as const;
    const { send } = await sinkAndChannel({ answers: { 'ada@example.org': answer } });
    expect(await send('ada@example.org')).toEqual({
      kind: 'permanent',
      reason: 'the mailbox does not exist (550 5.1.1)',
      disable: true,
      status: 550,
      excerpt: '550 5.1.1 <…@…>: no mailbox of … here',
    });
  });

  it.each([
    ['relaying denied', { refuse: 'recipient', code: 550, text: '5.7.1 relaying denied' }],
    ['a policy against our mail', { refuse: 'data', code: 554, text: '5.7.26 unauthenticated' }],
    ['our sender refused', { refuse: 'sender', code: 553, text: '5.1.8 sender unknown' }],
    ['a login asked for', { refuse: 'sender', code: 530, text: '5.7.0 log in first' }],
  ] as const)('tries again what is ours to put right: %s', async (_what, answer) => {
    const { send } = await sinkAndChannel({ answers: { 'ada@example.org': answer } });
    const outcome = await send('ada@example.org');
    expect(outcome).toMatchObject({ kind: 'retry', status: answer.code });
    expect(outcome).toMatchObject({ reason: expect.stringContaining('the operator') });
  });

  it('tries again when our own login is refused', async () => {
    const { send } = await sinkAndChannel({ login: { user: 'tocsin', password: 'right' } }, (url) =>
      url.replace('right', 'wrong'),
    );
    const outcome = await send('ada@example.org');
    expect(outcome).toMatchObject({
      kind: 'retry',
      status: 535,
      reason: expect.stringContaining('the operator'),
    });
  });

  it.each([
    ['in the middle', { answers: { 'ada@example.org': 'close' } }, { endpoint: 'answered' }],
    ['before its greeting', { hangsUpAtOnce: true }, {}],
  ] as const)(
    'tries again when the server hangs up %s, and does not do so by itself',
    async (_when, options, told) => {
      const { sink, send } = await sinkAndChannel(options);
      expect(await send('ada@example.org')).toEqual({
        kind: 'retry',
        reason: 'the connection to the mail server failed',
        ...told,
      });
      expect(sink.connections()).toBe(1);
    },
  );

  it('tries again when no server is there', async () => {
    const { send, sink } = await sinkAndChannel();
    await sink.stop();
    expect(await send('ada@example.org')).toMatchObject({ kind: 'retry' });
  });

  it.each(['hang', 'hang-after-data'] as const)('breaks off at the signal: %s', async (answer) => {
    const { send } = await sinkAndChannel({ answers: { 'ada@example.org': answer } });
    expect(await send('ada@example.org', AbortSignal.timeout(300))).toEqual({
      kind: 'retry',
      reason: 'the attempt took too long and was broken off',
      endpoint: 'answered',
    });
    // The connection that hung is gone; the next mail goes out on another.
    expect(await send('eve@example.org')).toMatchObject({ kind: 'delivered' });
  });

  it('ends within the time of an attempt, whatever the server does', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const { send } = await sinkAndChannel({ answers: { 'ada@example.org': 'hang-after-data' } });
    await send('eve@example.org');
    const outcome = send('ada@example.org');
    vi.advanceTimersByTime(attemptTimeoutMs);
    expect(await outcome).toEqual({
      kind: 'retry',
      reason: 'the attempt took too long and was broken off',
      endpoint: 'answered',
    });
  });

  it('tries again what the end of the process cut short', async () => {
    const names = Array.from({ length: 6 }, (_, n) => `ada${n}@example.org`);
    const { channel, send } = await sinkAndChannel({
      answers: Object.fromEntries(names.map((name) => [name, 'hang'] as const)),
    });
    const giveUp = new AbortController();
    // Five connections hang; the sixth mail waits for one.
    const outcomes = names.map((name) => send(name, giveUp.signal));
    const closed = channel.close();
    expect(await outcomes.at(-1)).toEqual({
      kind: 'retry',
      reason: 'the sender was shut down',
      endpoint: null,
    });
    giveUp.abort();
    await closed;
    expect((await Promise.all(outcomes)).every(({ kind }) => kind === 'retry')).toBe(true);
    expect(await send('eve@example.org')).toMatchObject({ kind: 'retry' });
  });
});

describe('the email channel', () => {
  it('sends nothing to what is no address, and would end a command', async () => {
    const { sink, send } = await sinkAndChannel();
    const outcome = await send('ada@example.org>\r\nRCPT TO:<eve@evil.example');
    expect(outcome).toMatchObject({ kind: 'permanent' });
    expect(sink.connections()).toBe(0);
  });

  it('asks the address itself to confirm', () => {
    expect(testChannel().addressToConfirm({ address: 'ada@example.org' })).toBe('ada@example.org');
  });

  it('refuses to start with a DKIM key that is none, rather than send unsigned mail', () => {
    const dkim = { domain: 'tocsin.example', selector: 's1', privateKey: 'no key' };
    expect(() => testChannel({ dkim })).toThrow(RangeError);
  });

  it('refuses to start without a sender address', () => {
    expect(() => testChannel({ from: 'Tocsin' })).toThrow(RangeError);
  });
});
