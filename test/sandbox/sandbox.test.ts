import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaughtMail } from '../../src/sandbox/caught-mail.js';
import { startMailCatcher, type MailCatcher } from '../../src/sandbox/mail-catcher.js';
import { SandboxModule } from '../../src/sandbox/sandbox.module.js';

let dir: string;
let catcher: MailCatcher;
let app: NestFastifyApplication;
let base: string;
const caught: string[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tocsin-sandbox-'));
  catcher = await startMailCatcher({ dir, onMail: (id) => caught.push(id) });
  app = await NestFactory.create<NestFastifyApplication>(
    SandboxModule.register({ dir }),
    new FastifyAdapter(),
    {
      logger: false,
    },
  );
  await app.listen(0, '127.0.0.1');
  base = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await catcher.stop();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  await fetch(`${base}/sandbox/mailbox/empty`, { method: 'POST' });
  caught.length = 0;
});

async function send(mail: { subject: string; text?: string; html?: string; to?: string }): Promise<string> {
  const transport = createTransport({ url: catcher.smtpUrl });
  const info = await transport.sendMail({
    from: 'Tocsin <alerts@tocsin.example>',
    to: 'ada@x.example',
    ...mail,
  });
  transport.close();
  expect(info.response).toMatch(/^250 /);
  return caught.at(-1) ?? '';
}

const page = async (path: string) => {
  const answer = await fetch(base + path);
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
};
const list = async () => (await (await fetch(`${base}/sandbox/mailbox.json`)).json()) as CaughtMail[];

describe('the mail catcher', () => {
  it('listens on this machine only and asks for no login', () => {
    expect(catcher.smtpUrl).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
  });

  it('refuses a mail of more than 10 MB and goes on', async () => {
    const transport = createTransport({ url: catcher.smtpUrl });
    const text = 'x'.repeat(10 * 1024 * 1024);
    await expect(transport.sendMail({ from: 'a@x.example', to: 'b@x.example', text })).rejects.toThrow(
      /larger than allowed|552/,
    );
    transport.close();
    await send({ subject: 'after' });
    expect((await list()).map(({ subject }) => subject)).toEqual(['after']);
  });

  it('survives a client that hangs up in the middle', async () => {
    const socket = connect(Number(new URL(catcher.smtpUrl).port), '127.0.0.1');
    const commands = ['EHLO x', 'MAIL FROM:<a@x.example>', 'RCPT TO:<b@x.example>', 'DATA'];
    socket.on('data', () => {
      const next = commands.shift();
      if (next === undefined) socket.resetAndDestroy();
      else socket.write(`${next}\r\n`);
    });
    await once(socket, 'close');
    await send({ subject: 'after' });
    expect(await list()).toHaveLength(1);
  });
});

describe('/sandbox/mailbox.json', () => {
  it('gives the mails newest first, in the shape of the contract', async () => {
    await send({ subject: 'older', text: 'one' });
    await send({
      subject: 'newer',
      text: 'two',
      html: '<p>two</p>',
      to: 'Ada <ada@x.example>, eve@x.example',
    });
    const mails = await list();
    expect(mails.map(({ subject }) => subject)).toEqual(['newer', 'older']);
    const [newer] = mails;
    expect(Object.keys(newer ?? {}).toSorted()).toEqual([
      'date',
      'from',
      'headers',
      'html',
      'id',
      'subject',
      'text',
      'to',
    ]);
    expect(newer).toMatchObject({
      from: '"Tocsin" <alerts@tocsin.example>',
      to: ['ada@x.example', 'eve@x.example'],
      html: '<p>two</p>',
      headers: { subject: 'newer', 'mime-version': '1.0' },
    });
    expect(newer?.text.trim()).toBe('two');
  });

  it('is an empty list before the first mail', async () => {
    expect(await list()).toEqual([]);
  });
});

describe('/sandbox/mailbox', () => {
  it('says so when there is no mail yet, and looks again by itself', async () => {
    const { status, body } = await page('/sandbox/mailbox');
    expect(status).toBe(200);
    expect(body).toContain('No mail yet');
    expect(body).toContain('http-equiv="refresh"');
  });

  it('shows the list and the newest mail in a frame of no origin', async () => {
    const id = await send({ subject: 'Hello', html: '<p>hi</p>' });
    const { body } = await page('/sandbox/mailbox');
    expect(body).toContain('Hello');
    expect(body).toMatch(
      new RegExp(`<iframe [^>]*sandbox="allow-popups[^"]*" src="/sandbox/mailbox/${id}/html"`),
    );
  });

  it('forbids scripts, foreign styles and framing by others', async () => {
    const policy = (await page('/sandbox/mailbox')).headers.get('content-security-policy');
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; frame-src 'self'; form-action 'self'/,
    );
    expect(policy).not.toContain('script-src');
  });

  it.each([
    ['text', 'plain words'],
    ['headers', 'list-id'],
    ['source', 'Content-Type: text/plain'],
  ])('has a tab for the %s', async (tab, expected) => {
    const id = await send({ subject: 'Tabs', text: 'plain words' });
    const { body } = await page(`/sandbox/mailbox/${id}?tab=${tab}`);
    expect(body).toContain(tab === 'headers' ? 'mime-version' : expected);
    expect(body).toMatch(new RegExp(`tab=${tab}" aria-current="page"`));
    expect(body).not.toContain('http-equiv="refresh"');
  });

  it('shows hostile mail as words', async () => {
    const id = await send({
      subject: '<script>alert(1)</script>',
      text: '</pre><img src=x onerror=alert(1)>',
    });
    for (const tab of ['html', 'text', 'headers', 'source']) {
      const { body } = await page(`/sandbox/mailbox/${id}?tab=${tab}`);
      expect(body).not.toMatch(/<script|<img/i);
    }
  });

  it('answers 404 for a mail that is not there', async () => {
    for (const path of [
      '/sandbox/mailbox/nothing',
      '/sandbox/mailbox/nothing/html',
      '/sandbox/mailbox/..%2f..%2fx',
    ]) {
      expect((await page(path)).status).toBe(404);
    }
  });

  it('empties at the push of a button, but not for another site', async () => {
    await send({ subject: 'kept' });
    const url = `${base}/sandbox/mailbox/empty`;
    const form = { method: 'POST', body: new URLSearchParams(), redirect: 'manual' } as const;
    expect((await fetch(url, { ...form, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect(await list()).toHaveLength(1);
    const answer = await fetch(url, { ...form, headers: { 'sec-fetch-site': 'same-origin' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sandbox/mailbox']);
    expect(await list()).toEqual([]);
  });
});

describe('the body of a mail', () => {
  it('comes as it is, but runs and loads nothing, and opens its links outside', async () => {
    const html = '<!doctype html><html><head><title>t</title></head><body><script>x()</script></body></html>';
    const id = await send({ subject: 'Body', html });
    const { headers, body } = await page(`/sandbox/mailbox/${id}/html`);
    expect(body.trim()).toBe(html.replace('<head>', '<head><base target="_blank">'));
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^sandbox /);
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|allow-forms/);
    expect(policy).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  });
});
