import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';
import { attempt, testChannel, to } from './email-fixture.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** A header field as RFC 6376 (3.4.2, "relaxed") hashes it. */
function relaxed(line: string): string {
  const at = line.indexOf(':');
  return `${line.slice(0, at).toLowerCase().trim()}:${line
    .slice(at + 1)
    .replaceAll(/\r\n/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()}`;
}

/** A body as RFC 6376 (3.4.4, "relaxed") hashes it. */
function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  return `${lines.join('\r\n').replace(/(?:\r\n)*$/, '')}\r\n`;
}

describe('the DKIM signature', () => {
  let sink: SmtpSink;
  let headers: string[];
  let body: string;
  let signature: string;
  let tags: Record<string, string>;

  beforeAll(async () => {
    sink = await startSmtpSink();
    const channel = testChannel({
      smtpUrl: sink.smtpUrl,
      dkim: { domain: 'tocsin.example', selector: 's2026', privateKey },
    });
    await channel.send(
      channel.fill(await channel.render(alertContent()), recipient()),
      to('ada@example.org'),
      attempt(),
    );
    await channel.close();
    const source = sink.mails[0]?.source ?? '';
    const split = source.indexOf('\r\n\r\n');
    headers = source.slice(0, split).split(/\r\n(?![ \t])/);
    body = source.slice(split + 4);
    signature = headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
    tags = Object.fromEntries(
      signature
        .slice(signature.indexOf(':') + 1)
        .split(';')
        .map((tag) => [
          tag.slice(0, tag.indexOf('=')).trim(),
          tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, ''),
        ]),
    );
  });
  afterAll(() => sink.stop());

  it('covers the one-click header, which RFC 8058 wants signed, and those that name the sender', () => {
    const signed = tags['h']?.toLowerCase().split(':');
    expect(signed).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'date',
        'message-id',
        'list-unsubscribe',
        'list-unsubscribe-post',
      ]),
    );
    expect(signed).toEqual(expect.arrayContaining(['list-id', 'auto-submitted', 'feedback-id']));
  });

  it('names the domain and selector', () => {
    expect(tags).toMatchObject({
      v: '1',
      a: 'rsa-sha256',
      c: 'relaxed/relaxed',
      d: 'tocsin.example',
      s: 's2026',
    });
  });

  it('holds for the body and the headers as they came in', () => {
    expect(createHash('sha256').update(relaxedBody(body)).digest('base64')).toBe(tags['bh']);
    const names = tags['h']?.split(':') ?? [];
    const lines = names.map((name) =>
      headers.findLast((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)),
    );
    const unsigned = signature.replace(/(\bb=)[^;]*$/s, '$1');
    const signed = [...lines.flatMap((line) => line ?? []), unsigned].map(relaxed).join('\r\n');
    expect(
      createVerify('RSA-SHA256')
        .update(signed)
        .verify(publicKey, tags['b'] ?? '', 'base64'),
    ).toBe(true);
  });
});
