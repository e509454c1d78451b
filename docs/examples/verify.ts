/**
 * A receiver of webhooks that trusts a request only when its signature verifies. Needs Node 20 and nothing else:
 *
 *     WEBHOOK_SECRET=whsec_… npx tsx verify.ts
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const toleranceSeconds = 5 * 60;
/** Anybody can send anything: what is longer than any alert is not read. */
const mostBytes = 32 * 1024 * 1024;

/**
 * @param body to the byte as it came: parse it only afterwards
 * @throws Error saying what is wrong
 */
export function verify(secret: string, headers: IncomingHttpHeaders, body: Buffer): { id: string } {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  const age = Date.now() / 1_000 - Number(timestamp);
  // Written this way round, a timestamp that is no number (NaN) fails as well.
  if (!(Math.abs(age) <= toleranceSeconds)) throw new Error('the timestamp is too far from now');

  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  // While a secret is being replaced there are two signatures; one that matches is enough.
  const genuine = String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  if (!genuine) throw new Error('no signature matches');
  return { id };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes) throw new Error('the body is too long');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

const secret = process.env['WEBHOOK_SECRET'];
if (!secret) throw new Error('set WEBHOOK_SECRET to the secret of the destination');

// A real receiver keeps the ids of the last days in its database, under a unique constraint.
const seen = new Set<string>();

const server = createServer(async (request, response) => {
  try {
    const body = await bodyOf(request);
    const { id } = verify(secret, request.headers, body);
    if (seen.has(id)) {
      say(`duplicate ${id}`);
    } else {
      const { type } = JSON.parse(body.toString('utf8')) as { type: string };
      say(`${type} ${id}`);
      seen.add(id);
    }
    response.writeHead(204).end();
  } catch (error) {
    say(`refused: ${error instanceof Error ? error.message : 'unknown error'}`);
    response.writeHead(400).end('not verified');
  }
});

server.listen(Number(process.env['PORT'] ?? 8099), '127.0.0.1', () => {
  say(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
