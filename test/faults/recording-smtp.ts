import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { hash } from './fingerprint.js';
import type { Take } from './recording-http.js';

/** A mail server that records the mail to `N@…` for the account number N, and parses no more of it than it must. */
export async function startRecordingSmtp(take: Take) {
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    name: 'sink.example',
    disableReverseLookup: true,
    hideSTARTTLS: true,
    authOptional: true,
    onData(stream, { envelope }, done) {
      const receive = async () => {
        const source = (await buffer(stream)).toString('latin1');
        const taken = await take({
          lane: 'email',
          account: Number.parseInt(envelope.rcptTo[0]?.address ?? '', 10),
          id: /^message-id: (\S+)/im.exec(source)?.[1] ?? '',
          fingerprint: hash(withoutBoundary(source)),
        });
        if (!taken) throw Object.assign(new Error('4.3.0 try again'), { responseCode: 451 });
        return '2.0.0 Ok';
      };
      callbackify(receive)(done);
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** What parts a mail may be made anew at each attempt: it says nothing. */
function withoutBoundary(source: string): string {
  const boundary = /boundary="([^"]+)"/.exec(source)?.[1];
  return boundary === undefined ? source : source.replaceAll(boundary, '');
}
