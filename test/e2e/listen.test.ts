import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/platform/free-port.js';
import { startApp, type TestAccount, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { startProcess, type ServiceProcess } from '../support/service-process.js';
import { deliveriesOf, watch, webhookTo } from '../support/watching.js';

describe('tocsin listen', { timeout: 120_000 }, () => {
  let app: TestApp;
  let account: TestAccount;
  let destination: { id: string; secret: string };
  let port: number;
  let dir: string;
  let listening: ServiceProcess;

  beforeAll(async () => {
    app = await startApp();
    account = await app.createAccount();
    port = await freePort();
    destination = await webhookTo(app, account, `http://127.0.0.1:${port}/`);
    dir = await mkdtemp(join(tmpdir(), 'tocsin-listen-'));
    await writeFile(join(dir, 'secret'), `${destination.secret}\n`);
    await watch(app, account, [['entity', 'amazon']], { destinationIds: [destination.id] });
  }, 60_000);
  afterEach(async () => {
    listening.signal('SIGINT');
    expect(await listening.exited).toBe(0);
  });
  afterAll(async () => {
    await app.stop();
    await rm(dir, { recursive: true, force: true });
  });

  /** It gets nothing of the environment, and so knows of no database. */
  const listen = (...args: string[]) => startProcess(['listen', '--port', String(port), ...args], {});

  const call = async (path: string) => {
    const answer = await app.call('POST', path, { token: account.token });
    expect(answer.status, answer.text).toBe(202);
    await app.work();
  };

  it('takes what a real destination sends, and marks what comes again', async () => {
    listening = listen('--secret-file', join(dir, 'secret'));
    await listening.line(/^Listening/);
    await call(`/v1/destinations/${destination.id}/test`);
    await listening.line(/endpoint\.test {2}msg_\d+ {2}verified$/);

    await app.postEvents([provisionEvent({ entity: 'amazon', before: side('low'), after: side('high') })]);
    await app.work();
    await listening.line(/alert\.created {2}msg_\d+ {2}verified$/);
    await listening.line(/▲ low → high +\S.* \(amazon-terms-1\)$/);

    const { id } = (await deliveriesOf(app, account)).find(({ kind }) => kind === 'alert');
    await call(`/v1/deliveries/${id}/replay`);
    await listening.line(new RegExp(`msg_${id} {2}verified, a repeat \\(time 2\\)$`));
    expect((await deliveriesOf(app, account)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('refuses what another secret signed, and says so in JSON as well', async () => {
    listening = listen('--json', '--secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    while (!listening.errors.includes('Listening')) await new Promise((resolve) => setImmediate(resolve));
    await call(`/v1/destinations/${destination.id}/test`);
    const line = JSON.parse(await listening.line(/^\{/));
    expect(line).toMatchObject({ verified: false, type: 'endpoint.test', time: 1 });
    const [newest] = await deliveriesOf(app, account);
    expect(newest).toMatchObject({ state: 'due', attempts: [{ status: 400 }] });
    expect(newest.attempts[0].excerpt).toBe('not verified: No matching signature found');
  });
});
