import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchText } from '../../../src/platform/outbound/fetch-text.js';
import { outboundAgent } from '../../../src/platform/outbound/outbound-agent.js';

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(({ url }, answer) => {
    if (url === '/text') answer.end('some text');
    else if (url === '/moved') answer.writeHead(302, { location: '/text' }).end('elsewhere');
    else answer.end('x'.repeat(64 * 1_024 + 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const anyPort = [{ from: 1, to: 65_535 }];

it('fetches a short text, and nothing that is moved, long or where it may not go', async () => {
  const open = outboundAgent({ allowNetworks: ['127.0.0.0/8'], ports: anyPort });
  const guarded = outboundAgent({ allowNetworks: [], ports: anyPort });
  expect(await fetchText(open, new URL('/text', origin))).toBe('some text');
  await expect(fetchText(open, new URL('/moved', origin))).rejects.toThrow('302');
  await expect(fetchText(open, new URL('/long', origin))).rejects.toThrow('too long');
  await expect(fetchText(guarded, new URL('/text', origin))).rejects.toThrow('may not reach');
  await Promise.all([open.close(), guarded.close()]);
});
