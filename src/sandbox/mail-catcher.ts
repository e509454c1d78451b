import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Clock, SystemClock } from '../platform/clock.js';
import { Mailbox } from './mailbox.js';
import { takeQuotedAddresses } from './quoted-addresses.js';

const mostBytes = 10 * 1024 * 1024;

type CatcherOptions = {
  /** Folder that the mails go into, one file each. */
  dir: string;
  clock?: Clock;
  /** Called when a mail is in. */
  onMail?: (id: string) => void;
};

export type MailCatcher = {
  /** Where to send mail that is to be caught. */
  smtpUrl: string;
  stop(): Promise<void>;
};

/** Starts an SMTP server on this machine alone that takes any mail and delivers none. */
export async function startMailCatcher({
  dir,
  clock = new SystemClock(),
  onMail,
}: CatcherOptions): Promise<MailCatcher> {
  const mailbox = new Mailbox(dir);
  const keep = async (stream: SMTPServerDataStream, _session: SMTPServerSession): Promise<string> => {
    const source = await buffer(stream);
    if (stream.sizeExceeded) throw tooLarge();
    const id = await mailbox.add(source, clock.now());
    onMail?.(id);
    return `2.0.0 Ok: queued as ${id}`;
  };
  const server = new SMTPServer({
    name: 'sandbox.tocsin.localhost',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: mostBytes,
    onData: callbackify(keep),
  });
  takeQuotedAddresses(server);
  // A client that hangs up ends its own session only; without a listener it would end the process.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function tooLarge(): Error {
  return Object.assign(new Error('5.3.4 Message too big'), { responseCode: 552 });
}
