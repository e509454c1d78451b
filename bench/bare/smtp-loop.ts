import { connect, type Socket } from 'node:net';
import { monotonicMs } from '../monotonic.js';
import type { SampleMail } from '../sinks/smtp-session.js';

export type MailLoad = {
  port: number;
  /** What is sent, over and over: mails that the service sent before, to the byte. */
  samples: readonly SampleMail[];
  mails: number;
  connections: number;
  /** Whether MAIL, RCPT and DATA go out together (RFC 2920), or each waits for the answer to the one before. */
  pipelining: boolean;
};

/** The bare limit of mail: ready-made bytes over plain SMTP connections, as fast as the server answers. */
export async function smtpLoop({ port, samples, mails, connections, pipelining }: MailLoad) {
  let next = 0;

  async function connection(): Promise<void> {
    const talk = new Talk(connect({ port, host: '127.0.0.1', noDelay: true }));
    await talk.answers(1);
    await talk.say('EHLO bench.example\r\n');
    for (let index = next++; index < mails; index = next++) {
      const mail = samples[index % samples.length];
      if (mail === undefined) throw new RangeError('there are no samples');
      const envelope = [`MAIL FROM:<${mail.sender}>\r\n`, `RCPT TO:<${mail.recipient}>\r\n`, 'DATA\r\n'];
      if (pipelining) await talk.say(envelope.join(''), envelope.length);
      else for (const command of envelope) await talk.say(command);
      await talk.say(mail.bytes);
    }
    await talk.say('QUIT\r\n');
  }

  return {
    async run(): Promise<{ from: number; to: number }> {
      const from = monotonicMs();
      await Promise.all(Array.from({ length: connections }, connection));
      return { from, to: monotonicMs() };
    },
  };
}

/** Counts answers: one ends with a line whose fourth character is a space. */
class Talk {
  private rest = '';
  private missing = 0;
  private resolve: () => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => this.read(text));
    socket.on('error', (error) => this.reject(error));
  }

  async say(what: string | Buffer, answers = 1): Promise<void> {
    const answered = this.answers(answers);
    this.socket.write(what);
    await answered;
  }

  async answers(expected: number): Promise<void> {
    this.missing = expected;
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  private read(text: string): void {
    const lines = (this.rest + text).split('\r\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (/^[45]/.test(line)) this.reject(new Error(`the sink refused: ${line}`));
      if (line[3] === ' ' && --this.missing === 0) this.resolve();
    }
  }
}
