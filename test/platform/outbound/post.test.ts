import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Resolve } from '../../../src/platform/outbound/name-resolver.js';
import { outboundAgent } from '../../../src/platform/outbound/outbound-agent.js';
import { poster, type Post } from '../../../src/platform/outbound/post.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';
import { startRawServer } from './raw-server.js';

const limits = { timeoutMs: 1_000, answerLimitBytes: 10_000 };

let receiver: WebhookReceiver;
let stop: AbortController;
let agent: ReturnType<typeof outboundAgent>;

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  stop = new AbortController();
  agent = outboundAgent({ allowNetworks: ['127.0.0.0/8'] });
});
afterEach(async () => {
  await agent.destroy();
  await receiver.close();
});

function to(url: string, changes: Partial<Post> = {}): Post {
  return {
    url: new URL(url),
    headers: { 'x-a': 'b' },
    body: Buffer.from('body'),
    stop: stop.signal,
    ...changes,
  };
}

describe('poster', () => {
  it('sends headers and body to the path and query of the URL, and gives status and body', async () => {
    receiver.script('/a%20b?c=d', { status: 207, body: 'answer' });
    const answer = await poster(agent, limits)(to(receiver.url('/a b?c=d')));
    expect({ ...answer, body: answer.body.toString() }).toEqual({
      status: 207,
      retryAfter: undefined,
      body: 'answer',
    });
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/a%20b?c=d', headers: { 'x-a': 'b' } });
    expect(request?.body.toString()).toBe('body');
  });

  it.each([
    [{ 'retry-after': '7' }, '7'],
    [{ 'RETRY-AFTER': '7' }, '7'],
    [{ 'retry-after': ['7', '8'] as never }, ['7', '8']],
    [{ 'retry-ahead': '7' }, undefined],
  ])('hands on Retry-After: %j', async (headers: Record<string, string>, retryAfter) => {
    receiver.script('/', { status: 503, headers });
    expect(await poster(agent, limits)(to(receiver.url()))).toMatchObject({ status: 503, retryAfter });
  });

  it('gives an answer of many parts as one, cut to the limit', async () => {
    const text = Array.from({ length: 9_999 }, (_, index) => index % 10).join('');
    for (const body of [text, `${text}9`, `${text}9abc`, text.repeat(200)]) {
      receiver.script('/', { status: 200, body });
      const answer = await poster(agent, limits)(to(receiver.url()));
      expect(answer.body.toString()).toBe(body.slice(0, 10_000));
    }
  });

  it('sends nothing of what was given up before it was connected', async () => {
    const asked: (() => void)[] = [];
    const resolve: Resolve = (_hostname, callback) =>
      void asked.push(() => callback(null, [{ address: '127.0.0.1', family: 4 }]));
    const slow = outboundAgent({ allowNetworks: ['127.0.0.0/8'], resolve });
    const post = poster(slow, limits);
    const url = `http://slow.example:${receiver.port}/`;
    const stopped = post(to(url));
    await vi.waitFor(() => expect(asked).toHaveLength(1), { timeout: 20_000 });
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'ERR_STOPPED' });
    asked[0]?.();
    // The next goes through, the one before it never came.
    const next = post(to(url, { stop: new AbortController().signal, body: Buffer.from('next') }));
    await vi.waitFor(() => expect(asked).toHaveLength(2), { timeout: 20_000 });
    asked[1]?.();
    expect(await next).toMatchObject({ status: 204 });
    expect(receiver.requests.map(({ body }) => body.toString())).toEqual(['next']);
    await slow.close();
  });

  it('does not so much as connect when it is stopped already', async () => {
    const server = await startRawServer((socket) =>
      socket.on('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n')),
    );
    const post = poster(agent, limits);
    await expect(post(to(server.url(), { stop: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'ERR_STOPPED',
    });
    expect(await post(to(server.url()))).toMatchObject({ status: 204 });
    expect(server.accepted).toBe(1);
    await server.close();
  });

  it('leaves nothing behind on the signal that would have stopped it', async () => {
    const post = poster(agent, limits);
    await Promise.all(Array.from({ length: 20 }, async () => post(to(receiver.url()))));
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it('lets the connection go when it gives up', async () => {
    receiver.script('/', 'hang');
    const gone = new Promise((resolve) => void agent.once('disconnect', resolve));
    await expect(poster(agent, limits)(to(receiver.url()))).rejects.toMatchObject({ code: 'ERR_DEADLINE' });
    await gone;
  });

  it('counts the time that connecting takes', async () => {
    const never = outboundAgent({ allowNetworks: [], resolve: () => undefined });
    const post = poster(never, { ...limits, timeoutMs: 50 });
    await expect(post(to('http://never.example/'))).rejects.toMatchObject({ code: 'ERR_DEADLINE' });
    await never.destroy();
  });

  it('rejects a call that is wrong as a bug', async () => {
    const wrong = to(receiver.url(), { headers: { 'x-a': 'line\nbreak' } });
    await expect(poster(agent, limits)(wrong)).rejects.toMatchObject({ code: 'UND_ERR_INVALID_ARG' });
  });
});
