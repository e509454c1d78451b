import { hash } from './fingerprint.js';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Receipt } from './receipts.js';

/** Takes a message in and says, in its own time, whether it is taken. */
export type Take = (message: Omit<Receipt, 'at' | 'taken'>) => Promise<boolean>;

/** Webhook endpoints at `/hook/N` and Slack's `chat.postMessage` for channels `CN`, for the account number N. */
export async function startRecordingHttp(take: Take) {
  const server = createServer((request, response) => {
    // A sender that was killed broke off: nothing came in, and there is nobody to answer.
    receive(request, response, take).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    hookUrl: (account: number) => `${origin}/hook/${account}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(request: IncomingMessage, response: ServerResponse, take: Take): Promise<void> {
  const body = await buffer(request);
  if (request.url?.startsWith('/hook/')) {
    const taken = await take({
      lane: 'webhook',
      account: Number(request.url.slice('/hook/'.length)),
      id: String(request.headers['webhook-id']),
      fingerprint: hash(body),
    });
    response.writeHead(taken ? 204 : 503).end();
    return;
  }
  const form = new URLSearchParams(body.toString());
  const channel = form.get('channel') ?? '';
  const taken = await take({
    lane: 'slack',
    account: Number(channel.slice(1)),
    id: String(JSON.parse(form.get('metadata') ?? '{}').event_payload?.delivery_id),
    fingerprint: hash(body),
  });
  response.writeHead(taken ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify(taken ? { ok: true, channel, ts: '1700000000.000100' } : { ok: false }));
}
