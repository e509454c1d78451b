import { emailChannel, type EmailOptions } from '../../../src/channels/email/email-channel.js';
import type { EmailMessage } from '../../../src/channels/email/email-template.js';
import type { Content, Recipient } from '../../../src/domain/alert-content.js';
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

/** A mail as one reader gets it, without sending it. */
export async function mailOf(content: Content, reader: Recipient = recipient()): Promise<EmailMessage> {
  const channel = testChannel();
  return channel.fill(await channel.render(content), reader);
}
