import { generateKeyPairSync } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import DKIM from 'nodemailer/lib/dkim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dkimSigner } from '../../../src/channels/email/dkim-signer.js';
import { HeaderField } from '../../../src/channels/email/header-field.js';
import { filledBody, mimeBody } from '../../../src/channels/email/mime-body.js';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { verifyDkim } from './dkim-verifier.js';
import { attempt, testChannel, to } from './email-fixture.js';
import { oddText } from './odd-text.js';

const keyPair = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
const { privateKey, publicKey } = keyPair(2_048);
const dkim = { domain: 'tocsin.example', selector: 's2026', privateKey };

describe('the DKIM signature of a mail that came in', () => {
  let sink: SmtpSink;
  let source: string;

  beforeAll(async () => {
    sink = await startSmtpSink();
    const channel = testChannel({ smtpUrl: sink.smtpUrl, dkim });
    const payload = channel.fill(await channel.render(alertContent()), recipient());
    await channel.send(payload, to('ada@example.org'), attempt());
    await channel.close();
    source = sink.mails[0]?.source ?? '';
  });
  afterAll(() => sink.stop());

  it('covers the one-click header, which RFC 8058 wants signed, and those that name the sender', () => {
    const signed = verifyDkim(source, publicKey).tags['h']?.split(':');
    expect(signed).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'date',
        'message-id',
        'mime-version',
        'content-type',
        'list-unsubscribe',
        'list-unsubscribe-post',
      ]),
    );
    expect(signed).toEqual(expect.arrayContaining(['list-id', 'auto-submitted', 'feedback-id']));
  });

  it('names the domain and selector', () => {
    expect(verifyDkim(source, publicKey).tags).toMatchObject({
      v: '1',
      a: 'rsa-sha256',
      c: 'relaxed/relaxed',
      d: 'tocsin.example',
      s: 's2026',
    });
  });

  it('holds, on lines that SMTP takes', () => {
    expect(verifyDkim(source, publicKey)).toMatchObject({ bodyHolds: true, headersHold: true });
    const own = /^DKIM-Signature:.*(?:\r\n[ \t].*)*/m.exec(source)?.[0] ?? '';
    for (const line of own.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  it('holds still when white space changes on the way', () => {
    const rewrapped = source
      .replace(/^Subject: /m, 'SUBJECT:\t ')
      .replace(/^To: (.*)$/m, 'To:\r\n  $1 ')
      .replaceAll(/ \r\n/g, '\r\n');
    expect(rewrapped).not.toBe(source);
    expect(verifyDkim(`${rewrapped}\r\n\r\n`, publicKey)).toMatchObject({
      bodyHolds: true,
      headersHold: true,
    });
  });

  it('breaks with any byte of the body', () => {
    const start = source.indexOf('\r\n\r\n') + 4;
    for (let at = start; at < source.length; at += 997) {
      if (/\s/.test(source[at] ?? ' ')) continue;
      const other = source[at] === 'x' ? 'y' : 'x';
      const forged = source.slice(0, at) + other + source.slice(at + 1);
      expect(verifyDkim(forged, publicKey)).toMatchObject({ bodyHolds: false, headersHold: true });
    }
  });

  it('breaks with any signed header field that is changed, and with one that is put below it', () => {
    const names = verifyDkim(source, publicKey).tags['h']?.split(':') ?? [];
    for (const name of names) {
      const field = new RegExp(`^(${name}:.*)`, 'im');
      expect(verifyDkim(source.replace(field, '$1x'), publicKey).headersHold).toBe(false);
      expect(verifyDkim(source.replace(/\r\n\r\n/, `\r\n${name}: x\r\n\r\n`), publicKey).headersHold).toBe(
        false,
      );
    }
    expect(names.length).toBeGreaterThan(10);
  });

  it('does not hold for the key of somebody else', () => {
    expect(verifyDkim(source, keyPair(1_024).publicKey).headersHold).toBe(false);
  });

  it('hashes as nodemailer does', async () => {
    const unsigned = source.replace(/^DKIM-Signature:.*\r\n(?:[ \t].*\r\n)*/m, '');
    const { tags } = verifyDkim(source, publicKey);
    const theirs = await buffer(
      new DKIM({
        domainName: 'tocsin.example',
        keySelector: 's2026',
        privateKey,
        headerFieldNames: tags['h'],
      }).sign(unsigned),
    );
    const verdict = verifyDkim(theirs.toString('latin1'), publicKey);
    expect(verdict).toMatchObject({ bodyHolds: true, headersHold: true });
    expect(verdict.tags).toMatchObject({ bh: tags['bh'], h: tags['h'], d: tags['d'], c: tags['c'] });
  });
});

describe('the DKIM signature', () => {
  it('holds for every text', async () => {
    const sign = dkimSigner({ ...dkim, privateKey: keyPair(1_024).privateKey });
    const verifier = keyPair(1_024);
    const signOwn = dkimSigner({ ...dkim, privateKey: verifier.privateKey });
    await fc.assert(
      fc.asyncProperty(oddText, oddText, oddText, async (text, html, subject) => {
        const values = { alertUrl: text, confirmUrl: html, reason: `${html}${text}` };
        const slots = ['reason', 'alertUrl', 'confirmUrl'] as const;
        const body = mimeBody({
          text: { pieces: [text, html, ' ', ''], slots },
          html: { pieces: ['', '', text, html], slots },
        });
        const chunks = filledBody(body, { text: values, html: values });
        const fields = [new HeaderField('From', 'a@b.example'), new HeaderField('Subject', subject)];
        const lines = [await signOwn(fields, chunks), ...fields.map(({ line }) => line)];
        const source = `${lines.join('\r\n')}\r\n\r\n${chunks.join('')}`;
        expect(verifyDkim(source, verifier.publicKey)).toMatchObject({ bodyHolds: true, headersHold: true });
        const foreign = [await sign(fields, chunks), ...lines.slice(1)];
        expect(
          verifyDkim(`${foreign.join('\r\n')}\r\n\r\n${chunks.join('')}`, verifier.publicKey).headersHold,
        ).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('lets nothing in its settings begin a tag of its own', async () => {
    const sign = dkimSigner({
      ...dkim,
      domain: 'tocsin.example',
      selector: 's1; l=0;\r\nBcc: eve@evil.example',
    });
    const line = await sign([new HeaderField('From', 'a@b.example')], ['x\r\n']);
    expect(verifyDkim(`${line}\r\nFrom: a@b.example\r\n\r\nx\r\n`, publicKey).tags).not.toHaveProperty('l');
    expect(line).not.toMatch(/\r\n(?! )/);
  });

  it.each([
    ['no key at all', 'no key'],
    ['a public key', publicKey],
    [
      'an Ed25519 key, which few receivers verify',
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
  ])('is not made with %s', (_what, wrong) => {
    expect(() => dkimSigner({ ...dkim, privateKey: wrong })).toThrow(RangeError);
  });
});
