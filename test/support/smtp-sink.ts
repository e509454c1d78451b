import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { takeQuotedAddresses } from '../../src/sandbox/quoted-addresses.js';

/** How the sink meets a recipient: a refusal of `RCPT TO` or of the mail itself, silence, or a hang-up. */
export type SinkAnswer =
  | { refuse: 'recipient' | 'sender' | 'data'; code: number; text: string }
  | 'hang'
  | 'close'
  /** Takes the mail and then says nothing more, or hangs up: the sender cannot know whether it was taken. */
  | 'hang-after-data'
  | 'close-after-data';

export type SunkMail = { from: string; to: string[]; source: string; parsed: ParsedMail };

export type SmtpSink = {
  smtpUrl: string;
  /** In the order in which they came in. */
  mails: SunkMail[];
  /** Connections that were ever made. */
  connections(): number;
  stop(): Promise<void>;
};

type SinkOptions = {
  /** By recipient address; whoever is not named gets mail. */
  answers?: Readonly<Record<string, SinkAnswer>>;
  /** The only user that may send; without it, anybody may. */
  login?: { user: string; password: string };
  /** Hangs up on whoever connects, before the greeting. */
  hangsUpAtOnce?: boolean;
  /** Speaks TLS: after STARTTLS, or from the first byte. Its certificate is nobody's. */
  tls?: 'starttls' | 'smtps';
  /** Whether it takes several commands at once (RFC 2920). */
  pipelining?: boolean;
};

/** A real SMTP server on this machine that keeps what it gets and fails where it is told to. */
export async function startSmtpSink({
  answers = {},
  login,
  hangsUpAtOnce = false,
  tls,
  pipelining = true,
}: SinkOptions = {}): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const sockets = new Map<number, Socket>();
  let connections = 0;

  const options: SMTPServerOptions = {
    name: 'sink.example',
    disableReverseLookup: true,
    secure: tls === 'smtps',
    hideSTARTTLS: tls !== 'starttls',
    hidePIPELINING: !pipelining,
    // It would warn of its own certificate.
    logger: false,
    authOptional: login === undefined,
    // Credentials in clear text: nothing leaves this machine.
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      if (username === login?.user && password === login?.password) done(null, { user: username });
      else done(refusal(535, '5.7.8 bad credentials'));
    },
    onMailFrom(_address, _session, done) {
      const answer = Object.values(answers).find((one) => typeof one === 'object' && one.refuse === 'sender');
      if (typeof answer === 'object') done(refusal(answer.code, answer.text));
      else done();
    },
    onRcptTo({ address }, session, done) {
      const answer = answers[address];
      if (answer === 'hang') return;
      if (answer === 'close') sockets.get(session.remotePort)?.destroy();
      else if (typeof answer === 'object' && answer.refuse === 'recipient') {
        done(refusal(answer.code, answer.text));
      } else done();
    },
    onData(stream, { envelope, remotePort }, done) {
      const to = envelope.rcptTo.map(({ address }) => address);
      const answer = to.map((address) => answers[address]).find((one) => one !== undefined);
      const take = async () => {
        const source = await buffer(stream);
        mails.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to,
          source: source.toString('utf8'),
          parsed: await simpleParser(source),
        });
        if (answer === 'close-after-data') sockets.get(remotePort)?.destroy();
        if (typeof answer === 'object') throw refusal(answer.code, answer.text);
        return '2.0.0 Ok: queued as 4bCdE1fGh2';
      };
      if (answer === 'hang-after-data') stream.resume();
      else callbackify(take)(done);
    },
  };

  const server = new SMTPServer(options);
  takeQuotedAddresses(server);
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.set(socket.remotePort ?? 0, socket);
    if (hangsUpAtOnce) socket.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const user = login === undefined ? '' : `${login.user}:${login.password}@`;
  return {
    smtpUrl: `${tls === 'smtps' ? 'smtps' : 'smtp'}://${user}127.0.0.1:${port}`,
    mails,
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
