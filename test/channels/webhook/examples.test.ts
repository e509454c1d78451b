import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signedHeaders } from '../../../src/channels/webhook/standard-webhooks.js';
import { newSigningSecret } from '../../../src/channels/signing-secret.js';
import { webhookChannel } from '../../../src/channels/webhook/webhook-channel.js';
import { outboundAgent } from '../../../src/platform/outbound/outbound-agent.js';
import { alertContent, recipient } from '../../support/alert-content-fixture.js';

const examples = new URL('../../../docs/examples/', import.meta.url);
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) process.stderr.write('docs/examples/verify.py is not tested: there is no python3 here\n');
const go = 'go';
const hasGo = spawnSync(go, ['version']).status === 0;
if (!hasGo) process.stderr.write('docs/examples/verify.go is not tested: there is no go here\n');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-examples-'));
  const source = await readFile(new URL('verify.ts', examples), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  await writeFile(join(folder, 'verify.mjs'), outputText);
  if (!hasGo) return;
  // Built, not run: `go run` starts a process of its own, which would outlive the one that is ended.
  const program = new URL('verify.go', examples).pathname;
  const built = spawnSync(go, ['build', '-o', join(folder, 'verify-go'), program], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`verify.go does not build: ${built.stderr}`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const programs = [
  { name: 'verify.ts', command: () => [process.execPath, join(folder, 'verify.mjs')], present: true },
  {
    name: 'verify.py',
    command: () => ['python3', new URL('verify.py', examples).pathname],
    present: hasPython,
  },
  { name: 'verify.go', command: () => [join(folder, 'verify-go')], present: hasGo },
];

describe.each(programs)('docs/examples/$name', ({ command, present }) => {
  const secret = newSigningSecret().secret;
  const channel = webhookChannel({ dispatcher: outboundAgent({ allowNetworks: ['127.0.0.0/8'] }) });
  let program: ChildProcessByStdio<null, Readable, null>;
  let printed: Interface;
  let lines: NodeJS.AsyncIterator<string>;
  let url: string;

  const nextLine = async () => String((await lines.next()).value);

  beforeEach(async () => {
    if (!present) return;
    const [file = '', ...args] = command();
    program = spawn(file, args, {
      env: { ...process.env, PORT: '0', WEBHOOK_SECRET: secret },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    printed = createInterface(program.stdout);
    lines = printed[Symbol.asyncIterator]();
    url = (await nextLine()).replace('listening on ', '');
  });
  afterEach(() => {
    if (!present) return;
    printed.close();
    program.kill();
  });
  afterAll(() => channel.close());

  async function send(deliveryId: string, signingSecrets: string[], at = new Date()) {
    const payload = channel.fill(await channel.render(alertContent()), recipient());
    const context = { deliveryId, at, signal: new AbortController().signal };
    return channel.send(payload, { settings: { url }, signingSecrets }, context);
  }

  it.runIf(present)('takes a signed alert, and tells a repeat by its id', async () => {
    expect(await send('9001', [secret])).toMatchObject({ kind: 'delivered', status: 204 });
    expect(await nextLine()).toBe('alert.created msg_9001');
    expect(await send('9001', [secret])).toMatchObject({ kind: 'delivered' });
    expect(await nextLine()).toBe('duplicate msg_9001');
  });

  it.runIf(present)('takes an alert while its secret is being replaced', async () => {
    expect(await send('9002', [newSigningSecret().secret, secret])).toMatchObject({ kind: 'delivered' });
    expect(await nextLine()).toBe('alert.created msg_9002');
  });

  it.runIf(present)('refuses a body of which a byte was changed', async () => {
    const headers = signedHeaders('msg_9004', new Date(), Buffer.from('{"type":"a"}'), [secret]);
    const answer = await fetch(url, { method: 'POST', headers, body: '{"type":"b"}' });
    expect(answer.status).toBe(400);
  });

  it.runIf(present)('refuses what another secret signed, and what is old', async () => {
    expect(await send('9003', [newSigningSecret().secret])).toMatchObject({ kind: 'retry', status: 400 });
    const tenMinutesAgo = new Date(Date.now() - 600_000);
    expect(await send('9003', [secret], tenMinutesAgo)).toMatchObject({ kind: 'retry', status: 400 });
  });
});
