import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below those that systems give to outgoing connections (Linux: from 32,768): a port that was free a moment ago would
 * else be taken by the next connection of any program.
 */
const [first, last] = [20_000, 30_000];

/**
 * A port that nobody listens on, and that stays so unless a program takes it on purpose.
 *
 * @throws what listening on `host` throws, and `EADDRINUSE` when a thousand ports were taken
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = randomInt(first, last);
    try {
      await listenOnce(port, host);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries === 1000) throw error;
    }
  }
}

async function listenOnce(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
