import { simpleParser } from 'mailparser';
import { emailChannel, type EmailOptions } from '../../../src/channels/email/email-channel.js';
import type { EmailMessage } from '../../../src/channels/email/email-template.js';
import type { Recipient } from '../../../src/domain/alert-content.js';
import type { Content } from '../../../src/domain/content.js';
import { recipient } from '../../support/alert-content-fixture.js';

export const to = (address: string) => ({ settings: { address }, signingSecrets: [] });

export const attempt = (signal: AbortSignal = new AbortController().signal) => ({
  deliveryId: '9001',
  at: new Date('2026-05-04T09:02:00Z'),
  signal,
});

export function testChannel(options: Partial<EmailOptions> = {}) {
  return emailChannel({
    smtpUrl: 'smtp://127.0.0.1:9',
    from: 'Tocsin <alerts@tocsin.example>',
    publicUrl: 'https://tocsin.example',
    messageIdSecret: 'a secret of the tests',
    ...options,
  });
}

/** A payload as it stands on the wire, all but the addresses. */
function sourceOf({ fields, body }: EmailMessage): string {
  return `${fields.map(({ line }) => `${line}\r\n`).join('')}\r\n${body.join('')}`;
}

/** A mail as one reader's program reads it. */
export type ReadMail = {
  messageId: string;
  date: string;
  subject: string;
  headers: Record<string, string>;
  text: string;
  html: string;
};

/** A mail as one reader gets it, without sending it. */
export async function mailOf(content: Content, reader: Recipient = recipient()): Promise<ReadMail> {
  const channel = testChannel();
  const parsed = await simpleParser(sourceOf(channel.fill(await channel.render(content), reader)));
  const own = parsed.headerLines
    .map(({ line }) => line.replaceAll(/\r?\n(?=[ \t])/g, ''))
    .filter((line) => !/^(?:subject|date|message-id|mime-version|content-type):/i.test(line))
    .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
  return {
    messageId: parsed.messageId ?? '',
    date: parsed.date?.toISOString().replace('.000', '') ?? '',
    subject: parsed.subject ?? '',
    headers: Object.fromEntries(own),
    text: parsed.text ?? '',
    html: parsed.html || '',
  };
}
