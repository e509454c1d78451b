import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSigningSecret } from '../../../src/channels/signing-secret.js';
import { webhookChannel } from '../../../src/channels/webhook/webhook-channel.js';
import { outboundAgent } from '../../../src/platform/outbound/outbound-agent.js';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';

const at = new Date('2026-05-04T09:01:31.900Z');
const secret = newSigningSecret().secret;

let receiver: WebhookReceiver;
let channel: ReturnType<typeof channelWith>;

function channelWith(options: { allowNetworks?: string[]; timeoutMs?: number } = {}) {
  const { allowNetworks = ['127.0.0.0/8'], ...rest } = options;
  return webhookChannel({ dispatcher: outboundAgent({ allowNetworks }), version: '1.2.3', ...rest });
}

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  channel = channelWith();
});
afterEach(async () => {
  await channel.close();
  await receiver.close();
});

async function alertPayload() {
  return channel.fill(await channel.render(alertContent()), recipient());
}

async function alertBody() {
  const { head, rest } = await alertPayload();
  return head + rest.toString();
}

async function send(url: string, context: { at?: Date; signal?: AbortSignal; secrets?: string[] } = {}) {
  const { secrets: signingSecrets = [secret], ...rest } = context;
  return channel.send(
    await alertPayload(),
    { settings: { url }, signingSecrets },
    { deliveryId: '9001', at, signal: new AbortController().signal, ...rest },
  );
}

describe('the webhook channel', () => {
  it('POSTs the filled body, signed, and calls a 2xx delivered', async () => {
    const now = new Date();
    receiver.script('/hook', { status: 201, body: 'thank\r\n\u0000you' });
    const outcome = await send(receiver.url('/hook'), { at: now });
    expect(outcome).toEqual({ kind: 'delivered', status: 201, excerpt: 'thank you' });

    const [request] = await receiver.waitFor(1);
    if (request === undefined) throw new Error('nothing came');
    const body = await alertBody();
    expect(request).toMatchObject({ method: 'POST', path: '/hook' });
    expect(request.body.toString()).toBe(body);
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Tocsin/1.2.3 (+webhooks)',
      'webhook-id': 'msg_9001',
    });
    const headers = request.headers as Record<string, string>;
    expect(new Webhook(secret).verify(request.body, headers)).toEqual(JSON.parse(body));
  });

  it('keeps the id through every attempt, and dates and signs each anew', async () => {
    await send(receiver.url());
    await send(receiver.url(), { at: new Date(at.getTime() + 5_000) });
    const [first, second] = (await receiver.waitFor(2)).map((request) => request.headers);
    expect(first?.['webhook-timestamp']).toBe('1777885291');
    expect(second?.['webhook-timestamp']).toBe('1777885296');
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(second?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
  });

  it('signs with each secret that is valid', async () => {
    await send(receiver.url(), { secrets: [secret, newSigningSecret().secret] });
    const [request] = await receiver.waitFor(1);
    expect(request?.headers['webhook-signature']).toMatch(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
  });

  it('disables the endpoint on 410', async () => {
    receiver.script('/', { status: 410, body: 'no more' });
    expect(await send(receiver.url())).toMatchObject({
      kind: 'permanent',
      disable: true,
      status: 410,
      excerpt: 'no more',
    });
  });

  it.each([400, 401, 403, 404, 408, 413, 422, 425, 429, 500, 502, 503, 504])(
    'tries again after %d',
    async (status) => {
      receiver.script('/', { status });
      const outcome = await send(receiver.url());
      expect(outcome).toMatchObject({ kind: 'retry', status, reason: expect.stringContaining(`${status}`) });
      expect(outcome).not.toHaveProperty('afterSeconds');
    },
  );

  it.each([
    ['90', 90],
    ['Mon, 04 May 2026 09:03:31 GMT', 120],
    ['31536000', 86_400],
  ])('hands on Retry-After: %s', async (header, afterSeconds) => {
    for (const status of [429, 503]) {
      receiver.script('/', { status, headers: { 'retry-after': header } });
      expect(await send(receiver.url())).toMatchObject({ kind: 'retry', status, afterSeconds });
    }
  });

  it('does not follow a redirect, and tells the owner to set the final URL', async () => {
    receiver.script('/', { status: 308, headers: { location: receiver.url('/final') } });
    const outcome = await send(receiver.url());
    expect(outcome).toMatchObject({
      kind: 'retry',
      status: 308,
      reason: expect.stringContaining('final URL'),
    });
    expect(receiver.requests.map((request) => request.path)).toEqual(['/']);
  });

  it('keeps the first 500 characters of an answer, and reads no more than 64 KiB of it', async () => {
    receiver.script('/', { status: 500, body: `\u{1F512}a${'\u{1F512}'.repeat(1_000_000)}` });
    const { excerpt } = await send(receiver.url());
    expect(excerpt).toBe(`\u{1F512}a${'\u{1F512}'.repeat(248)}`);
  });

  it('gives up on an endpoint that never answers', async () => {
    await channel.close();
    channel = channelWith({ timeoutMs: 50 });
    receiver.script('/', 'hang');
    expect(await send(receiver.url())).toEqual({ kind: 'retry', reason: 'no answer came in time' });
  });

  it('calls a 2xx delivered though its body never ends', async () => {
    await channel.close();
    channel = channelWith({ timeoutMs: 1_500 });
    receiver.script('/', 'hang-in-body');
    expect(await send(receiver.url())).toEqual({ kind: 'delivered', status: 200, excerpt: 'the beginning' });
  });

  it('lets go at once when the service stops, and leaves the delivery to be tried again', async () => {
    receiver.script('/', 'hang');
    const stop = new AbortController();
    const outcome = send(receiver.url(), { signal: stop.signal });
    await receiver.waitFor(1);
    stop.abort();
    expect(await outcome).toEqual({ kind: 'retry', reason: 'the service stopped before an answer came' });
  });

  it('lets go of all that share a stop signal, of those that it has not connected yet as well', async () => {
    receiver.script('/', 'hang');
    const stop = new AbortController();
    const outcomes = Array.from({ length: 50 }, async () => send(receiver.url(), { signal: stop.signal }));
    await receiver.waitFor(1);
    stop.abort();
    for (const outcome of await Promise.all(outcomes)) {
      expect(outcome).toEqual({ kind: 'retry', reason: 'the service stopped before an answer came' });
    }
    const seen = receiver.requests.length;
    expect(await send(receiver.url(), { signal: stop.signal })).toMatchObject({ kind: 'retry' });
    expect(receiver.requests).toHaveLength(seen);
  });

  it('tries again after a reset, a refused connection and a failed TLS handshake', async () => {
    receiver.script('/', 'reset');
    expect(await send(receiver.url())).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('broke'),
    });
    expect(await send(`https://127.0.0.1:${receiver.port}/`)).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('TLS'),
    });
    const gone = await startWebhookReceiver();
    await gone.close();
    expect(await send(gone.url())).toEqual({ kind: 'retry', reason: 'the connection was refused' });
  });

  it.each(['127.0.0.1', '[::1]', '169.254.169.254', 'localhost'])(
    'never reaches %s unless it is allowed, and says so without naming an address',
    async (host) => {
      await channel.close();
      channel = channelWith({ allowNetworks: [] });
      expect(await send(`http://${host}:${receiver.port}/`)).toEqual({
        kind: 'permanent',
        reason: 'the host is not on the public internet, and webhooks go nowhere else',
      });
      expect(receiver.requests).toEqual([]);
    },
  );

  it('rejects when it is called wrongly: that is a bug, and no outcome', async () => {
    await expect(send(receiver.url(), { secrets: [] })).rejects.toThrow(RangeError);
    await expect(send('no url')).rejects.toThrow(TypeError);
  });

  it('asks nobody to confirm, signs, and has no secret settings', () => {
    expect(channel.addressToConfirm({ url: receiver.url() })).toBeNull();
    expect(channel).toMatchObject({ kind: 'webhook', signs: true, secretSettings: [] });
  });
});
