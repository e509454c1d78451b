import { createPrivateKey } from 'node:crypto';
import { createTransport, type NodemailerError } from 'nodemailer';
import type { Outcome } from '../../domain/outcome.js';
import type { Channel } from '../channel.js';
import { EmailSettings } from './email-settings.js';
import { fillMail, renderMail, type EmailMessage, type EmailTemplate } from './email-template.js';
import { domainOf, signedHeaderNames } from './mail-headers.js';
import { delivered, failed } from './smtp-outcome.js';

export type EmailOptions = {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  smtpUrl: string;
  /** The sender: `Tocsin <alerts@example.org>`. Its domain is that of Message-IDs, List-Id and DKIM alignment. */
  from: string;
  publicUrl: string;
  dkim?: { domain: string; selector: string; privateKey: string };
  /** Keys the hash that Message-IDs are made of. */
  messageIdSecret: string;
  /** Most mails a second in all; null, as when left out, for no limit. */
  perSecond?: number | null;
};

const mostConnections = 5;
const connectionTimeoutMs = 10_000;
const greetingTimeoutMs = 10_000;
const idleSocketTimeoutMs = 30_000;

/** Alerts by SMTP. @throws RangeError when the sender has no address or the DKIM key is no RSA key */
export function emailChannel(options: EmailOptions): Channel<EmailSettings, EmailTemplate, EmailMessage> {
  const sender = {
    domain: domainOf(options.from),
    publicUrl: options.publicUrl,
    messageIdSecret: options.messageIdSecret,
  };
  const transport = createTransport({
    pool: true,
    url: options.smtpUrl,
    maxConnections: mostConnections,
    // A message whose connection breaks would be sent again by itself: that is the delivery's to decide.
    maxRequeues: 0,
    connectionTimeout: connectionTimeoutMs,
    greetingTimeout: greetingTimeoutMs,
    socketTimeout: idleSocketTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(options.dkim === undefined ? {} : { dkim: signing(options.dkim) }),
  });

  let closed = false;

  return {
    kind: 'email',
    concurrency: {
      attempts: 4 * mostConnections,
      ofOneEndpoint: { first: 4 * mostConnections, most: 4 * mostConnections },
    },
    pace: options.perSecond ? { perSecond: options.perSecond, of: 'lane' } : null,
    // Whatever the address, it is the one server that does not answer.
    endpoint: () => 'smtp',
    sumsUp: true,
    sharesEndpoint: true,
    settingsSchema: EmailSettings,
    secretSettings: [],
    signs: false,
    addressToConfirm: ({ address }) => address,
    render: (content) => renderMail(content, sender.publicUrl),
    fill: (template, recipient) => fillMail(template, recipient, sender),

    async send(message, { settings: { address } }, { signal }): Promise<Outcome> {
      try {
        const info = await transport.sendMail({
          ...message,
          date: new Date(message.date),
          from: options.from,
          to: { name: '', address },
          xMailer: false,
          signal,
        });
        return delivered(info, address);
      } catch (error) {
        if (closed) return { kind: 'retry', reason: 'the sender was shut down' };
        if (!isSmtpError(error)) throw error;
        return failed(error, address);
      }
    },

    close(): Promise<void> {
      closed = true;
      transport.close();
      return Promise.resolve();
    },
  };
}

function signing({ domain, selector, privateKey }: NonNullable<EmailOptions['dkim']>) {
  // nodemailer signs with RSA alone, and would send unsigned mail without a word.
  if (!isRsaKey(privateKey)) throw new RangeError('the DKIM key must be an RSA private key in PEM');
  return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: signedHeaderNames };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** nodemailer gives a code to whatever goes wrong on the way; an error without one is a bug of ours. */
function isSmtpError(error: unknown): error is NodemailerError {
  return error instanceof Error && typeof (error as NodemailerError).code === 'string';
}
