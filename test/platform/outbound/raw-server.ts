import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server on 127.0.0.1 that says what a test has it say, be it HTTP or not. */
export type RawServer = {
  readonly port: number;
  /** Bytes that came in so far, of all connections. */
  readonly received: string;
  /** Connections that were accepted so far. */
  readonly accepted: number;
  /** Connections that are open. */
  readonly open: number;
  url(path?: string): string;
  close(): Promise<void>;
};

/** @param serve called with each connection */
export async function startRawServer(serve: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let received = '';
  let accepted = 0;
  const server = createServer((socket) => {
    accepted++;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Whoever is cut off in the middle of a word has been heard enough.
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    serve(socket);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    get received() {
      return received;
    },
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
