import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { outboundAgent } from '../../../src/platform/outbound/outbound-agent.js';

const openssl = 'openssl';
const words =
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout - -out -';
const made = spawnSync(openssl, words.split(' '), { encoding: 'utf8' });
const hasOpenssl = made.status === 0;
if (!hasOpenssl) process.stderr.write('certificates are not tested: there is no openssl here\n');

describe.skipIf(!hasOpenssl)('a certificate that nobody vouches for', () => {
  let server: Server;
  let requests = 0;
  beforeAll(async () => {
    server = createServer({ key: made.stdout, cert: made.stdout }, (_request, response) => {
      requests++;
      response.end();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(() => new Promise((resolve) => void server.close(resolve)));

  it.each(['', '0'])('is refused, with NODE_TLS_REJECT_UNAUTHORIZED=%s', async (value) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', value);
    const dispatcher = outboundAgent({ allowNetworks: ['127.0.0.0/8'] });
    const { port } = server.address() as AddressInfo;
    for (const host of ['127.0.0.1', 'localhost']) {
      const sent = request(`https://${host}:${port}/`, { dispatcher, method: 'POST', body: 'secret' });
      await expect(sent).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    }
    expect(requests).toBe(0);
    await dispatcher.destroy();
  });
});
