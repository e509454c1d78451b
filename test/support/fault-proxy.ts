import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export type FaultProxy = {
  readonly port: number;
  /** Connections that pass now. */
  readonly open: number;
  /**
   * Cuts every connection half-way through the next bytes of the server: their first half arrives, then a RST. One whose
   * server says nothing for a while is cut without. Resolves when all are cut. @returns how many were cut half-way
   */
  cut(): Promise<number>;
  /**
   * Takes everything in and passes nothing on, in either direction and for new connections too; no FIN, no RST: the two
   * sides go on to believe in each other. @returns how many connections that happened to
   */
  freeze(): number;
  /** New connections pass again. Those that froze stay frozen for good, as they do when a machine between was swapped. */
  heal(): void;
  stop(): Promise<void>;
};

type Pair = { client: Socket; server: Socket; isFrozen: boolean; cut: (() => void) | null };

/** How long the server of a connection may be silent before the connection is cut all the same. */
const silentMs = 300;

/** Stands between clients and a server on 127.0.0.1, and breaks their connections as networks do. */
export async function startFaultProxy(serverPort: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  let isFrozen = false;

  const proxy = createServer({ noDelay: true }, (client) => {
    const server = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    const pair: Pair = { client, server, isFrozen, cut: null };
    pairs.add(pair);
    const end = () => {
      // A half-open connection tells nobody that the other side is gone.
      if (pair.isFrozen) return;
      client.destroy();
      server.destroy();
      pairs.delete(pair);
    };
    client.on('data', (bytes) => void (pair.isFrozen || server.write(bytes)));
    server.on('data', (bytes) => {
      if (pair.isFrozen) return;
      if (!pair.cut) client.write(bytes);
      else client.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), pair.cut);
    });
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));

  return {
    port: (proxy.address() as AddressInfo).port,
    get open() {
      return [...pairs].filter((pair) => !pair.isFrozen).length;
    },
    async cut() {
      const cuts = [...pairs].filter((pair) => !pair.isFrozen).map(cutHalfWay);
      return (await Promise.all(cuts)).filter(Boolean).length;
    },
    freeze() {
      isFrozen = true;
      const frozen = [...pairs].filter((pair) => !pair.isFrozen);
      for (const pair of frozen) pair.isFrozen = true;
      return frozen.length;
    },
    heal() {
      isFrozen = false;
    },
    stop: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        for (const { client, server } of pairs) {
          client.destroy();
          server.destroy();
        }
      }),
  };
}

/** @returns whether it was in the midst of the server's bytes */
async function cutHalfWay(pair: Pair): Promise<boolean> {
  const isHalfWay = await new Promise<boolean>((resolve) => {
    const silence = setTimeout(() => resolve(false), silentMs);
    pair.cut = () => {
      clearTimeout(silence);
      resolve(true);
    };
    pair.client.once('close', pair.cut);
  });
  pair.client.resetAndDestroy();
  pair.server.resetAndDestroy();
  return isHalfWay;
}
