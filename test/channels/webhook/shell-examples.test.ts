import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSigningSecret } from '../../../src/channels/signing-secret.js';
import { signedHeaders } from '../../../src/channels/webhook/standard-webhooks.js';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';

const examples = new URL('../../../docs/examples/', import.meta.url);
const needed = [
  ['openssl', 'version'],
  ['curl', '--version'],
] as const;
const missing = needed.filter(([name, word]) => spawnSync(name, [word]).status !== 0).map(([name]) => name);
if (missing.length > 0) {
  process.stderr.write(`docs/examples/*.sh are not tested: there is no ${missing.join(' and no ')} here\n`);
}

const secret = newSigningSecret().secret;
let folder: string;
let receiver: WebhookReceiver;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'tocsin-shell-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => void (receiver = await startWebhookReceiver()));
afterEach(() => receiver.close());

/** Runs an example as the page says. */
async function run(name: string, args: string[], { input = '', key = secret } = {}) {
  return new Promise<{ code: number; out: string; errors: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], WEBHOOK_SECRET: key };
    const child = execFile('sh', [new URL(name, examples).pathname, ...args], { env }, (error, out, errors) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, errors }),
    );
    child.stdin?.end(input);
  });
}

/** The words that verify.sh is called with. */
function words(body: string, secrets: string[]): string[] {
  const headers = signedHeaders('msg_9001', new Date(), Buffer.from(body), secrets);
  return [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']];
}

describe.skipIf(missing.length > 0)('docs/examples/verify.sh', () => {
  // Keys with bytes that shells and tools stumble over, and bodies with what a shell would drop.
  const bodies = [
    '{"type":"endpoint.test"}',
    '{"a": "ü 🔔 %s $HOME `x` \\\\n"}\n\n',
    '',
    `{"a":"${'x'.repeat(200_000)}"}`,
  ];

  it.each(bodies)('verifies what was signed, to the byte: %#', async (body) => {
    const zeros = `whsec_${Buffer.from([0, 10, 13, 255, ...Array<number>(28).fill(0)]).toString('base64')}`;
    for (const key of [secret, zeros]) {
      expect(await run('verify.sh', words(body, [key]), { input: body, key })).toMatchObject({
        code: 0,
        out: 'verified msg_9001\n',
      });
    }
    expect(await run('verify.sh', words(body, [secret]), { input: `${body} ` })).toMatchObject({ code: 1 });
  });

  it('verifies while the secret is being replaced, and not by another secret', async () => {
    const other = newSigningSecret().secret;
    const [input] = bodies;
    expect(await run('verify.sh', words(input!, [other, secret]), { input })).toMatchObject({ code: 0 });
    expect(await run('verify.sh', words(input!, [other]), { input })).toMatchObject({
      code: 1,
      errors: 'no signature matches\n',
    });
  });
});

describe.skipIf(missing.length > 0)('docs/examples/send.sh', () => {
  it('sends a test that the library of the standard verifies', async () => {
    const { code, out } = await run('send.sh', [receiver.url('/hook?a=b')]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^sent msg_[0-9a-f]{24}\n$/) });
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/hook?a=b' });
    const message = new Webhook(secret).verify(request!.body, request!.headers as Record<string, string>);
    expect(message).toMatchObject({ type: 'endpoint.test', timestamp: expect.stringMatching(/^20.*Z$/) });
  });

  it('sends a file to the byte', async () => {
    const body = '{"type":"alert.created",\r\n"words":"ü \\u0000 @file"}\n\n';
    await writeFile(join(folder, 'body.json'), body);
    expect(await run('send.sh', [receiver.url(), join(folder, 'body.json')])).toMatchObject({ code: 0 });
    const [request] = receiver.requests;
    expect(request!.body.toString()).toBe(body);
    expect(request!.headers['content-type']).toBe('application/json');
    new Webhook(secret).verify(request!.body, request!.headers as Record<string, string>);
  });

  it('ends with an error when the receiver refuses', async () => {
    receiver.script('/', { status: 400 });
    const { code, errors } = await run('send.sh', [receiver.url()]);
    expect({ code, errors }).toEqual({ code: 22, errors: expect.stringContaining('400') });
  });
});
