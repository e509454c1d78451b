import { createServer, type AddressInfo, type Socket } from 'node:net';
import { monotonicMs } from '../monotonic.js';
import { SmtpSession, type SampleMail } from './smtp-session.js';

export type SmtpTally = {
  received: number;
  /** The most connections that were open at one time. */
  mostConnections: number;
  firstAt: number | null;
  lastAt: number | null;
};

/** A mail server that takes everything and keeps nothing but samples. It offers PIPELINING and 8BITMIME, and no TLS. */
export async function smtpSink() {
  const open = new Set<Socket>();
  let samples: SampleMail[] = [];
  let samplesWanted = 0;
  let tally = newTally();

  const server = createServer((socket) => {
    open.add(socket);
    tally.mostConnections = Math.max(tally.mostConnections, open.size);
    socket.setNoDelay(true);
    socket.once('close', () => open.delete(socket));
    // Whoever breaks off gets no answer.
    socket.on('error', () => socket.destroy());
    const session = new SmtpSession(
      (reply) => void socket.write(reply),
      (mail) => {
        tally.received++;
        tally.lastAt = monotonicMs();
        tally.firstAt ??= tally.lastAt;
        if (samples.length < samplesWanted) samples.push({ ...mail, bytes: Buffer.from(mail.bytes) });
      },
    );
    session.greet();
    socket.on('data', (chunk) => {
      if (!session.take(chunk)) socket.end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

  return {
    port: async () => (server.address() as AddressInfo).port,
    tally: async () => tally,
    samples: async () => samples,
    async reset(behaviour: { samples?: number }) {
      tally = newTally();
      samples = [];
      samplesWanted = behaviour.samples ?? 0;
    },
  };
}

function newTally(): SmtpTally {
  return { received: 0, mostConnections: 0, firstAt: null, lastAt: null };
}
