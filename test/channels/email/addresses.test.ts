import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import { startSmtpSink } from '../../support/smtp-sink.js';
import { verifyDkim } from './dkim-verifier.js';
import { attempt, testChannel, to } from './email-fixture.js';
import { polite, startScriptedServer } from './scripted-server.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const dkim = {
  domain: 'tocsin.example',
  selector: 's1',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

async function channelTo(smtpUrl: string) {
  const channel = testChannel({ smtpUrl, dkim });
  open.push(channel);
  const payload = channel.fill(await channel.render(alertContent()), recipient());
  return { channel, send: async (address: string) => channel.send(payload, to(address), attempt()) };
}

async function sink() {
  const made = await startSmtpSink();
  open.push({ close: () => made.stop() });
  return { sink: made, ...(await channelTo(made.smtpUrl)) };
}

const headerTo = (source: string) => /^To: (.*)\r\n/m.exec(source)?.[1];

describe('an address that goes out as', () => {
  it.each([
    ['plus-addressed', 'ada+tocsin@example.org', 'ada+tocsin@example.org'],
    ['of an international domain', 'user@bücher.example', 'user@xn--bcher-kva.example'],
    ['of such a domain in ASCII', 'user@XN--bcher-kva.example', 'user@xn--bcher-kva.example'],
    ['in quotes', '"john doe"@example.org', '"john doe"@example.org'],
    ['in quotes, with signs that end addresses', '"a, b>@c"@example.org', '"a, b>@c"@example.org'],
    ['in quotes without need', '"john.doe"@example.org', 'john.doe@example.org'],
  ])('%s: %s', async (_what, address, wire) => {
    const { sink: server, send } = await sink();
    expect(await send(address)).toMatchObject({ kind: 'delivered' });
    const [mail] = server.mails;
    expect(headerTo(mail!.source)).toBe(wire);
    expect(mail!.source.split('\r\n\r\n')[0]).toMatch(/^[\r\n -~]*$/);
    expect(verifyDkim(mail!.source, publicKey)).toMatchObject({ bodyHolds: true, headersHold: true });
  });
});

describe('an address with letters beyond ASCII before the "@"', () => {
  it('goes as it is where the server takes it, in the envelope and in a header that is signed', async () => {
    const { sink: server, send } = await sink();
    expect(await send('用户.josé@bücher.example')).toMatchObject({ kind: 'delivered' });
    await send('ada@example.org');
    const [mail, plain] = server.mails;
    expect(headerTo(mail!.source)).toBe('用户.josé@xn--bcher-kva.example');
    expect(Buffer.from(mail!.to[0]!.split('@')[0]!).toString()).toBe('用户.josé');
    expect(verifyDkim(mail!.source, publicKey)).toMatchObject({ bodyHolds: true, headersHold: true });
    expect(plain!.to).toEqual(['ada@example.org']);
  });

  it('is not torn where a byte of a letter looks like a space', async () => {
    const { sink: server, send } = await sink();
    const local = 'à'.repeat(32);
    expect(await send(`${local}@example.org`)).toMatchObject({ kind: 'delivered' });
    const [mail] = server.mails;
    expect(headerTo(mail!.source)).toBe(`${local}@example.org`);
    expect(verifyDkim(mail!.source, publicKey)).toMatchObject({ bodyHolds: true, headersHold: true });
  });

  it('asks for SMTPUTF8 for it alone', async () => {
    const server = await startScriptedServer((command) =>
      command.startsWith('EHLO')
        ? '250-script.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n'
        : polite(command),
    );
    open.push(server);
    const { send } = await channelTo(`${server.smtpUrl}?maxConnections=1`);
    await Promise.all([send('ada@example.org'), send('josé@example.org'), send('eve@example.org')]);
    const senders = server.heard.flat().filter((said) => said.startsWith('MAIL FROM'));
    expect(senders.toSorted()).toEqual([
      'MAIL FROM:<alerts@tocsin.example>',
      'MAIL FROM:<alerts@tocsin.example>',
      'MAIL FROM:<alerts@tocsin.example> SMTPUTF8 BODY=8BITMIME',
    ]);
    expect(server.heard).toHaveLength(1);
  });

  it('is refused for good, in words, where the server offers no SMTPUTF8; others on the connection go on', async () => {
    const server = await startScriptedServer(polite);
    open.push(server);
    const { send } = await channelTo(`${server.smtpUrl}?maxConnections=1`);
    const outcomes = await Promise.all([
      send('ada@example.org'),
      send('josé@example.org'),
      send('eve@example.org'),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['delivered', 'permanent', 'delivered']);
    expect(outcomes[1]).toEqual({
      kind: 'permanent',
      reason:
        'the address has letters beyond ASCII before the "@", and our mail server takes none (it does not offer SMTPUTF8)',
    });
    expect(server.heard.flat().join()).not.toContain('jos');
  });
});

describe('what is no address', () => {
  it.each(['ada@example.org>\r\nRCPT TO:<eve@evil.example', 'a@b@c.example', '@r.example:a@example.org', ''])(
    'that got into the settings all the same is not sent to: %j',
    async (address) => {
      const { sink: server, send } = await sink();
      expect(await send(address)).toMatchObject({ kind: 'permanent' });
      expect(server.mails).toEqual([]);
    },
  );
});
