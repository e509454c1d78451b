import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ConfigError } from '../config.js';
import { SystemClock } from '../platform/clock.js';
import { WebhookDesk, type TakenWebhook } from './webhook-desk.js';
import { webhookLines } from './webhook-lines.js';

const host = '127.0.0.1';

export type ListenOptions = { port: number; secret?: readonly string[]; secretFile?: string; json: boolean };

/** Receives webhooks on this machine, verifies them and prints them, until SIGINT or SIGTERM. Needs no database. */
export async function listen(options: ListenOptions): Promise<void> {
  const desk = deskOf(options);
  const { json } = options;
  const server = createServer((request, response) => {
    void answer(desk, request, response).then(
      (taken) => taken && process.stdout.write(json ? `${JSON.stringify(taken)}\n` : webhookLines(taken)),
      // Whoever breaks off has sent nothing, and there is nobody to answer.
      () => response.destroy(),
    );
  });
  const port = await bind(server, options.port);
  const where = `Listening on http://${host}:${port}/ until Ctrl-C. A Tocsin on this machine delivers here when it runs with WEBHOOK_ALLOW_NETWORKS=127.0.0.0/8.\n`;
  (json ? process.stderr : process.stdout).write(where);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  server.close();
  server.closeAllConnections();
}

/** @throws ConfigError on a secret that is none, or a file that cannot be read */
function deskOf({ secret = [], secretFile }: ListenOptions): WebhookDesk {
  const secrets = [...secret, ...(secretFile === undefined ? [] : secretsIn(secretFile))];
  try {
    return new WebhookDesk(secrets, new SystemClock());
  } catch (cause) {
    throw new ConfigError(
      'a secret must be whsec_ and base64, as making or rotating the destination showed it',
      {
        cause,
      },
    );
  }
}

/** One on each line: two while one is being replaced. @throws ConfigError when there is none */
function secretsIn(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`cannot read ${file}: ${(cause as Error).message}`, { cause });
  }
  const secrets = text.split(/\s+/).filter(Boolean);
  // Without one nothing would be checked, though it was asked for.
  if (secrets.length === 0) throw new ConfigError(`${file} holds no secret`);
  return secrets;
}

/** As a receiver should: 2xx for what it has, a repeat too. @returns null for what is no webhook */
async function answer(
  desk: WebhookDesk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<TakenWebhook | null> {
  const body = await buffer(request);
  if (request.method !== 'POST') {
    response.writeHead(405, { allow: 'POST' }).end('Webhooks come by POST.\n');
    return null;
  }
  const taken = desk.take(request.headers, body);
  if (taken.verified === false) response.writeHead(400).end(`not verified: ${taken.reason}\n`);
  else response.writeHead(204).end();
  return taken;
}

/** @returns the port that was taken. @throws ConfigError naming the remedy */
async function bind(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError(`cannot listen on port ${port} (${code}): give it another with --port`, { cause });
  }
}
