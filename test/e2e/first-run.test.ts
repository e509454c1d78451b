import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProcess, type ServiceProcess } from '../support/service-process.js';

type Mail = { subject: string; text: string };

/** Asks until the answer is what is waited for: the service works on its own time here. */
async function until<Value>(ask: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  for (const deadline = Date.now() + 30_000; ;) {
    const value = await ask();
    if (isThere(value) || Date.now() > deadline) return value;
  }
}

describe('a first run', { timeout: 120_000 }, () => {
  let dataDir: string;
  let running: ServiceProcess;
  const start = () => startProcess([], { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' });
  const address = async () => (await running.line(/Address/)).trim().split(/\s+/).at(-1) ?? '';
  const mailbox = async () =>
    (await (await fetch(`${await address()}/sandbox/mailbox.json`)).json()) as Mail[];
  const postmaster = async () =>
    Number((await readFile(join(dataDir, 'postgres/cluster/pgdata/postmaster.pid'), 'utf8')).split('\n')[0]);

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tocsin first run ü-'));
    await chmod(dataDir, 0o755);
    running = start();
    await running.line(/^curl/);
  }, 60_000);
  afterAll(async () => {
    running.signal('SIGINT');
    await running.exited;
    await rm(dataDir, { recursive: true, force: true });
  });

  it('prints where it is, who can sign in, the mailbox, the operator token and one line to try', () => {
    expect(running.output).toMatch(/Address +http:\/\/127\.0\.0\.1:\d+/);
    expect(running.output).toMatch(/Mailbox +http:.*\/sandbox\/mailbox/);
    expect(running.output).toMatch(/Operator +\S{40,}\n +signs in at http:\S+\/operator\n/);
    expect(running.output.split('\n').length).toBeLessThan(16);
  });

  it('lets whoever started it in as the member that it prints, by a link that comes to the mailbox', async () => {
    const [, page, email] = /Sign in +(\S+) as ([^;]+);/.exec(running.output) ?? [];
    const form = await fetch(page!);
    const mark = form.headers.getSetCookie()[0]!.split(';')[0]!;
    const formToken = (text: string) => /name="form_token" value="([^"]+)"/.exec(text)![1]!;
    const send = async (to: string, from: string, cookie: string, fields: Record<string, string>) =>
      fetch(to, {
        method: 'POST',
        body: new URLSearchParams({ form_token: formToken(from), ...fields }),
        headers: { cookie },
        redirect: 'manual',
      });
    await send(page!, await form.text(), mark, { email: email! });
    const mails = await until(mailbox, (all) => all.some((mail) => mail.subject === 'Sign in to Tocsin'));
    const link = /http\S+\/sign-in\/\S+/.exec(
      mails.find((mail) => mail.subject === 'Sign in to Tocsin')!.text,
    )![0];
    const opened = await (await fetch(link, { headers: { cookie: mark } })).text();
    const entered = await send(link, opened, mark, {});
    const session = entered.headers.getSetCookie().find((one) => one.startsWith('tocsin-session='))!;
    const overview = await fetch(new URL(entered.headers.get('location')!, page), {
      headers: { cookie: session.split(';')[0]! },
    });
    expect(new URL(overview.url).pathname).toBe('/overview');
    expect(await overview.text()).toContain(email);
  });

  it('shows real alerts of the samples in the mailbox', async () => {
    const mails = await until(mailbox, (all) => all.length >= 12);
    const aws = mails.find((mail) => mail.subject.includes('Amazon'));
    expect(aws?.subject).toBe(
      '[High ▲] Amazon: AWS Acceptable Use Policy: Customer Responsibility for End-User Conduct',
    );
    expect(aws?.text).toContain('Record: CA-P-002547');
  });

  it('brings one more mail for its own curl line, each time', async () => {
    await until(mailbox, (all) => all.length >= 12);
    for (let round = 1; round <= 2; round++) {
      const before = (await mailbox()).length;
      const { stdout } = await promisify(execFile)('bash', ['-c', `sleep 1; ${await running.line(/^curl/)}`]);
      expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, duplicates: 0 });
      expect(await until(mailbox, (all) => all.length > before)).toHaveLength(before + 1);
    }
  });

  it('stops cleanly on Ctrl-C and starts again without sending anything twice', async () => {
    const before = (await mailbox()).length;
    const pid = await postmaster();
    running.signal('SIGINT');
    expect(await running.exited).toBe(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    running = start();
    await running.line(/^curl/);
    expect(await mailbox()).toHaveLength(before);
  });

  it('recovers from kill -9', async () => {
    running.signal('SIGKILL');
    expect(await running.exited).toBeNull();
    running = start();
    await running.line(/^curl/);
    const { stdout } = await promisify(execFile)('bash', ['-c', await running.line(/^curl/)]);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1 });
  });
});
