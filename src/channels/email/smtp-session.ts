import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MimeChunk } from './mime-body.js';
import { SmtpError } from './smtp-error.js';
import { SmtpReplies } from './smtp-replies.js';
import type { SmtpServer } from './smtp-server.js';

/** A mail as it goes over the wire: every line ends in CRLF, is at most 998 bytes long and does not begin with ".". */
export type WireMail = {
  from: string;
  to: string;
  /** Whether the recipient, and with it the header, is more than ASCII: then the server has to offer SMTPUTF8 (RFC 6531). */
  isUtf8?: boolean;
  source: readonly MimeChunk[];
};

const endOfMail = '.\r\n';
const usualBytes = 64 * 1_024;
/** Shorter than the silence after which the connection counts as broken. */
const idleMs = 20_000;

/**
 * One connection to the mail server. nodemailer makes it and watches over it: address, TLS, greeting, login, silence. The
 * mails are handed over here, since nodemailer's way spends 215 µs on each of 25 KB and bare writing 25 µs.
 */
export class SmtpSession {
  private readonly connection: SMTPConnection;
  private readonly replies = new SmtpReplies();
  private socket: Socket | null = null;
  private pipelines = false;
  private takesUtf8 = false;
  /** The mail that the server knows to be next, though not yet what stands in it. */
  private announced: WireMail | null = null;
  /** Commands to which replies are still to come. */
  private commands: readonly string[] = [];
  private isRefused = false;
  private mails = 0;
  private failure: Error | null = null;
  private idle: NodeJS.Timeout | undefined;
  private failOpening: (error: Error) => void = () => undefined;
  /** Each mail is put together in the same place: new memory for each costs more than to fill it. */
  private room = Buffer.alloc(0);

  constructor(private readonly server: SmtpServer) {
    this.connection = new SMTPConnection(server.connection);
    this.connection.on('error', (error: Error) => this.drop(error));
    this.connection.on('end', () => this.drop(new SmtpError('ECONNECTION')));
  }

  /** Whether it stands, and the server has said nothing that nobody asked. */
  get isOpen(): boolean {
    const isInTurn = this.announced !== null || !this.replies.isAhead;
    return this.socket !== null && this.failure === null && isInTurn;
  }

  /** Whether it has ever stood: what goes wrong from then on may be the fault of where a mail goes. */
  get hasStood(): boolean {
    return this.socket !== null;
  }

  /** Whether another mail may be begun on it. */
  get isFresh(): boolean {
    return this.mails < this.server.mostMails;
  }

  /** Connects and logs in. @throws NodemailerError, or what it was dropped with */
  async open(): Promise<void> {
    const { connection, server } = this;
    await new Promise<void>((resolve, reject) => {
      this.failOpening = reject;
      const settle = (error?: Error | null) => (error ? this.drop(error) : resolve());
      connection.connect((error) => {
        const offers = connection.lastServerResponse || '';
        this.pipelines = server.pipelining && /^250[ -]PIPELINING\b/im.test(offers);
        this.takesUtf8 = /^250[ -]SMTPUTF8\b/im.test(offers);
        if (error || server.login === null || !connection.allowsAuth) settle(error);
        else connection.login({ ...server.login }, settle);
      });
    });
    this.takeOver();
  }

  /**
   * Hands one mail over, once. Resolves to the server's reply. @param following gives the mail to announce behind it, if
   * there is one (RFC 2920, 3.1): it is to be sent next. @throws SmtpError, or what it was dropped with; `ESMTPUTF8` when
   * the server takes no such address, and none of it has gone out
   */
  async send(mail: WireMail, following: () => WireMail | undefined): Promise<string> {
    clearTimeout(this.idle);
    if (mail.isUtf8 === true && !this.takesUtf8) throw new SmtpError('ESMTPUTF8');
    this.mails += 1;
    if (this.announced !== mail) this.write([this.announcement(mail)]);
    this.announced = null;
    await this.agreement();
    const next = this.pipelines ? following() : undefined;
    this.write([...mail.source, endOfMail, next === undefined ? '' : this.announcement(next)]);
    const reply = await this.replies.next();
    if (!reply.startsWith('2')) throw this.refusal('EMESSAGE', 'DATA', reply);
    return reply;
  }

  /** What was announced does not come. The server waits for it, and takes nothing else before. */
  withdraw(): void {
    if (this.announced !== null) this.drop(new SmtpError('EABORT'));
  }

  /** Nothing is to be sent for now. */
  rest(): void {
    if (this.isOpen) this.idle = setTimeout(() => this.quit(), idleMs).unref();
  }

  quit(): void {
    if (this.failure !== null) return;
    clearTimeout(this.idle);
    this.failure = new SmtpError('ESHUTDOWN');
    // Whether the server answers or not: the socket closes with its own side, or for its silence.
    if (this.socket === null) this.connection.close();
    else this.socket.end('QUIT\r\n');
  }

  /** Breaks it off at once: nothing more of a mail goes out. What waits for it ends with the error. */
  drop(error: Error): void {
    if (this.failure !== null) return;
    clearTimeout(this.idle);
    this.failure = error;
    this.failOpening(error);
    this.replies.end(error);
    this.socket?.destroy();
    this.connection.close();
  }

  /** `_socket` is public in nodemailer's types. All its listeners stay but the one that reads. */
  private takeOver(): void {
    const { _socket: socket } = this.connection;
    if (!socket || this.failure !== null) throw this.failure ?? new SmtpError('ECONNECTION');
    this.socket = socket;
    socket.removeAllListeners('data');
    socket.on('data', (chunk: Buffer) => {
      if (!this.replies.add(chunk)) this.drop(new SmtpError('EPROTOCOL'));
    });
  }

  /** What brings the server to the point where it takes a mail; all of it at once if it can (RFC 2920). */
  private announcement(mail: WireMail): string {
    this.announced = mail;
    this.commands = [
      ...(this.isRefused ? ['RSET'] : []),
      `MAIL FROM:<${mail.from}>${mail.isUtf8 === true ? ' SMTPUTF8 BODY=8BITMIME' : ''}`,
      `RCPT TO:<${mail.isUtf8 === true ? Buffer.from(mail.to).toString('latin1') : mail.to}>`,
      'DATA',
    ];
    return `${this.commands.slice(0, this.pipelines ? undefined : 1).join('\r\n')}\r\n`;
  }

  private async agreement(): Promise<void> {
    let refused: SmtpError | null = null;
    for (const [index, command] of this.commands.entries()) {
      if (!this.pipelines && index > 0) this.write([`${command}\r\n`]);
      const reply = await this.replies.next();
      const isTaken = reply.startsWith('2') || (command === 'DATA' && reply.startsWith('3'));
      if (!isTaken) refused ??= this.refusal('EENVELOPE', command.replace(/:.*/, ''), reply);
      // It waits for a mail that it has no sender or reader for: better none than an empty one.
      else if (refused !== null && command === 'DATA') this.drop(refused);
      if (refused !== null && (!this.pipelines || this.failure !== null)) break;
    }
    this.isRefused = refused !== null;
    if (refused !== null) throw refused;
  }

  private refusal(code: string, command: string, response: string): SmtpError {
    const error = new SmtpError(code, { command, response });
    // 421: the server hangs up, whatever it was asked (RFC 5321, 4.2.1).
    if (response.startsWith('421')) this.drop(error);
    return error;
  }

  /** The server has read the last mail to its end before the next one is put in the same place. */
  private write(chunks: readonly MimeChunk[]): void {
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (this.room.length < length) this.room = Buffer.allocUnsafeSlow(Math.max(length, usualBytes));
    let end = 0;
    for (const chunk of chunks) {
      end += typeof chunk === 'string' ? this.room.write(chunk, end, 'latin1') : chunk.copy(this.room, end);
    }
    this.socket?.write(this.room.subarray(0, end));
  }
}
