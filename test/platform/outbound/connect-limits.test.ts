import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboundAgent, type OutboundOptions } from '../../../src/platform/outbound/outbound-agent.js';
import { startRawServer, type RawServer } from './raw-server.js';

const agents: { destroy(): Promise<void> }[] = [];
let server: RawServer;

beforeEach(async () => {
  server = await startRawServer(
    (socket) => void socket.on('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n')),
  );
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
  await server.close();
});

function agentFor(options: Partial<OutboundOptions>) {
  const agent = outboundAgent({ allowNetworks: ['127.0.0.0/8'], ...options });
  agents.push(agent);
  return agent;
}

describe('the ports that outbound HTTP may reach', () => {
  it('are those that it is given', async () => {
    const { port } = server;
    const dispatcher = agentFor({ ports: [{ from: port, to: port }] });
    const answer = await request(server.url(), { dispatcher });
    await answer.body.dump();
    expect(answer.statusCode).toBe(204);
  });

  it.each([
    [443, 'http:'],
    [80, 'https:'],
  ])('are %d alone, so that %s finds its own port closed', async (only, protocol) => {
    const dispatcher = agentFor({ ports: [{ from: only, to: only }] });
    const refused = { code: 'ERR_PORT_REFUSED' };
    for (const host of ['127.0.0.1', 'localhost', '10.0.0.1']) {
      await expect(request(`${protocol}//${host}/`, { dispatcher })).rejects.toMatchObject(refused);
      await expect(request(`http://${host}:${server.port}/`, { dispatcher })).rejects.toMatchObject(refused);
    }
    expect(server.accepted).toBe(0);
  });

  it('leave out the others below 1024 unless it is told', async () => {
    const dispatcher = agentFor({ resolve: () => expect.unreachable('a name was looked up') });
    for (const port of [1, 22, 25, 79, 81, 442, 444, 1_023]) {
      await expect(request(`http://a.example:${port}/`, { dispatcher })).rejects.toMatchObject({
        code: 'ERR_PORT_REFUSED',
      });
    }
  });
});

describe('connecting', () => {
  it('may take 5 s, whether the name is not found or TLS not agreed on', async () => {
    const mute = await startRawServer(() => undefined);
    const startedAt = performance.now();
    const attempts = [
      request('http://never.example/', { dispatcher: agentFor({ resolve: () => undefined }) }),
      request(`https://127.0.0.1:${mute.port}/`, { dispatcher: agentFor({}) }),
    ];
    const ended = attempts.map(async (attempt) => {
      await expect(attempt).rejects.toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' });
      return performance.now() - startedAt;
    });
    for (const ms of await Promise.all(ended)) {
      expect(ms).toBeGreaterThan(4_400);
      // undici's clock ticks every half second; the machine may be busy.
      expect(ms).toBeLessThan(9_000);
    }
    expect(mute.accepted).toBe(1);
    await mute.close();
  });
});
