import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { SMTPConnectionAuth, SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

/** Where mail is handed in, and how many connections may stand open to it. */
export type SmtpServer = {
  connection: SMTPConnectionOptions;
  login: SMTPConnectionAuth | null;
  mostConnections: number;
  /** Mails after which a connection is closed: servers and the balancers before them like it so. */
  mostMails: number;
  /** Whether to use PIPELINING where it is offered. */
  pipelining: boolean;
};

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/**
 * Reads `smtp://user:password@host:port?name=value` as nodemailer does; the names are those of its options. Besides,
 * `pipelining=false` is for servers that offer PIPELINING and get it wrong.
 */
export function smtpServer(url: string): SmtpServer {
  const { auth, maxConnections, maxMessages, pipelining, ...connection } = parseConnectionUrl(url);
  return {
    connection: { ...timeouts, ...connection },
    login: auth === undefined ? null : { user: auth.user, pass: auth.pass },
    mostConnections: positive(maxConnections) ?? 5,
    mostMails: positive(maxMessages) ?? 100,
    pipelining: pipelining !== false,
  };
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
