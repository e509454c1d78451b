import type { Outcome } from '../../domain/outcome.js';
import { deadline } from '../../platform/outbound/deadline.js';
import { attemptTimeoutMs, type Channel } from '../channel.js';
import { dkimSigner, type DkimKey } from './dkim-signer.js';
import { addressOnWire, EmailSettings } from './email-settings.js';
import { fillMail, renderMail, type EmailMessage, type EmailTemplate } from './email-template.js';
import { HeaderField } from './header-field.js';
import { threadFields } from './mail-headers.js';
import { senderOf } from './sender.js';
import { SmtpError, type SmtpFailure } from './smtp-error.js';
import { delivered, failed } from './smtp-outcome.js';
import { SmtpPool } from './smtp-pool.js';
import { smtpServer } from './smtp-server.js';
import { domainOf } from './smtp-turn.js';

export type EmailOptions = {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  smtpUrl: string;
  /** The sender: `Tocsin <alerts@example.org>`. Its domain is that of Message-IDs, List-Id and DKIM alignment. */
  from: string;
  /** Where bounces of a delivery's mail go, as the envelope has it; the sender's address when left out. */
  returnPath?: (deliveryId: string) => string;
  publicUrl: string;
  dkim?: DkimKey;
  /** Keys the hash that Message-IDs are made of. */
  messageIdSecret: string;
  /** Most mails a second in all; null, as when left out, for no limit. */
  perSecond?: number | null;
  /** Most connections at a time with mail to one domain, whatever else there are: one is left to the others. */
  perDomain?: number;
};

/** More than there are connections, so that none waits for the next mail. */
const attemptsOfOneConnection = 4;

/** Alerts by SMTP. @throws RangeError when the sender has no address or the DKIM key is no RSA key */
export function emailChannel(options: EmailOptions): Channel<EmailSettings, EmailTemplate, EmailMessage> {
  const { publicUrl, messageIdSecret } = options;
  const sender = senderOf(options.from);
  const setup = { domain: sender.domain, publicUrl, messageIdSecret };
  const sign = options.dkim === undefined ? null : dkimSigner(options.dkim);
  const server = smtpServer(options.smtpUrl);
  const { mostConnections } = server;
  const perDomain = Math.max(1, Math.min(options.perDomain ?? mostConnections, mostConnections - 1));
  const pool = new SmtpPool(server, perDomain);
  const attempts = attemptsOfOneConnection * mostConnections;
  const ofOneDomain = attemptsOfOneConnection * perDomain;

  return {
    kind: 'email',
    concurrency: { attempts, ofOneEndpoint: { first: ofOneDomain, most: ofOneDomain } },
    pace: options.perSecond ? { perSecond: options.perSecond, of: 'lane' } : null,
    // Whatever the address, it is the one server that does not answer.
    endpoint: () => 'smtp',
    share: ({ address }) => domainOf(addressOnWire(String(address))?.address ?? ''),
    sumsUp: true,
    sharesEndpoint: true,
    settingsSchema: EmailSettings,
    secretSettings: [],
    signs: false,
    addressToConfirm: ({ address }) => address,
    render: (content) => renderMail(content, setup),
    fill: (template, recipient) => fillMail(template, recipient, setup),

    async send(
      { kind, thread, fields, body },
      { settings: { address } },
      { deliveryId, signal },
    ): Promise<Outcome> {
      // It stands in a command and in a header as it is.
      const to = addressOnWire(address);
      if (to === null) return failed(new SmtpError('EENVELOPE'), address);
      const about = threadFields(thread, to.address, { secret: messageIdSecret, domain: sender.domain });
      const all = [sender.from, new HeaderField('To', to.address, to), ...about, ...fields];
      const lines = all.map(({ line }) => line);
      if (sign !== null) lines.unshift(await sign(all, body));
      const source = [`${lines.join('\r\n')}\r\n\r\n`, ...body];
      // What signs in is no delivery that a bounce could be noted at.
      const returnPath = kind === 'sign-in' ? undefined : options.returnPath?.(deliveryId);
      const from = returnPath ?? sender.address;
      const limit = deadline(attemptTimeoutMs, signal);
      try {
        const mail = { from, to: to.address, isUtf8: to.isUtf8, source };
        const reply = await pool.send(mail, limit.signal);
        return delivered(reply, to.address, server.connection.host);
      } catch (error) {
        if (!isSmtpError(error)) throw error;
        return failed(error, to.address);
      } finally {
        limit.clear();
      }
    },

    close: () => pool.close(),
  };
}

/** Whatever goes wrong on the way has a code, nodemailer's or ours; an error without one is a bug. */
function isSmtpError(error: unknown): error is SmtpFailure {
  return error instanceof Error && typeof (error as SmtpFailure).code === 'string';
}
