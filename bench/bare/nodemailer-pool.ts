import { createTransport } from 'nodemailer';
import { monotonicMs } from '../monotonic.js';

/** One mail as a program that knows nothing of templates hands it over. */
export type PlainMail = {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

export type PoolLoad = {
  port: number;
  mails: readonly PlainMail[];
  count: number;
  connections: number;
  dkim: { domainName: string; keySelector: string; privateKey: string } | null;
};

/** What one would do without Tocsin: nodemailer's own pool, that composes and signs each mail. */
export async function nodemailerPool({ port, mails, count, connections, dkim }: PoolLoad) {
  const transport = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    secure: false,
    maxConnections: connections,
    maxMessages: Infinity,
    ...(dkim !== null && { dkim }),
  });
  let next = 0;

  async function slot(): Promise<void> {
    for (let index = next++; index < count; index = next++) {
      const mail = mails[index % mails.length];
      if (mail === undefined) throw new RangeError('there are no mails');
      await transport.sendMail(mail);
    }
  }

  return {
    async run(): Promise<{ from: number; to: number }> {
      const from = monotonicMs();
      // Twice as many at a time as there are connections: none of them waits for the next mail.
      await Promise.all(Array.from({ length: connections * 2 }, slot));
      const to = monotonicMs();
      transport.close();
      return { from, to };
    },
  };
}
