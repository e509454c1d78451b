import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mailbox, mostMails } from '../../src/sandbox/mailbox.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tocsin-mailbox-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const at = (second: number) => new Date(Date.UTC(2026, 4, 4, 9, 0, second));
const mail = (subject: string) =>
  Buffer.from(`From: a@x.example\r\nTo: b@x.example\r\nSubject: ${subject}\r\n\r\nhello\r\n`);

describe('the mailbox', () => {
  it('lists newest first, across the processes that share its folder', async () => {
    const [here, there] = [new Mailbox(dir), new Mailbox(dir)];
    await here.add(mail('first'), at(1));
    await there.add(mail('third'), at(3));
    await here.add(mail('second'), at(2));
    expect((await there.list()).map(({ subject }) => subject)).toEqual(['third', 'second', 'first']);
  });

  it('keeps the order of mails of the same millisecond', async () => {
    const mailbox = new Mailbox(dir);
    for (const subject of ['a', 'b', 'c']) await mailbox.add(mail(subject), at(1));
    expect((await mailbox.list()).map(({ subject }) => subject)).toEqual(['c', 'b', 'a']);
  });

  it('keeps the newest thousand', async () => {
    const old = String(at(0).getTime()).padStart(15, '0');
    const names = Array.from(
      { length: mostMails },
      (_, n) => `${old}-${String(n).padStart(6, '0')}-00000000.eml`,
    );
    await Promise.all(names.map((name) => writeFile(join(dir, name), mail(name))));
    await new Mailbox(dir).add(mail('newest'), at(9));
    const left = (await readdir(dir)).toSorted();
    expect(left).toHaveLength(mostMails);
    expect(left).not.toContain(names[0]);
    expect(left).toContain(names[1]);
  });

  it('shows no mail that is half written, and nothing that is no mail', async () => {
    await writeFile(join(dir, '000001777885200000-000000-00000000.eml.tmp'), 'From: half');
    await writeFile(join(dir, 'notes.eml'), 'From: somebody');
    const mailbox = new Mailbox(dir);
    expect(await mailbox.list()).toEqual([]);
    await mailbox.empty();
    expect(await readdir(dir)).toContain('notes.eml');
  });

  it('is empty before its folder exists, and after it was emptied', async () => {
    const mailbox = new Mailbox(join(dir, 'later'));
    expect(await mailbox.list()).toEqual([]);
    const id = await mailbox.add(mail('one'), at(1));
    expect(await mailbox.find(id)).toMatchObject({ subject: 'one' });
    await mailbox.empty();
    expect(await mailbox.list()).toEqual([]);
    expect(await mailbox.find(id)).toBeNull();
  });

  it('forgets a mail that another process threw away', async () => {
    const [here, there] = [new Mailbox(dir), new Mailbox(dir)];
    const id = await here.add(mail('one'), at(1));
    expect(await here.list()).toHaveLength(1);
    await there.empty();
    expect(await here.list()).toEqual([]);
    expect(await here.find(id)).toBeNull();
  });

  it.each(['../../etc/passwd', '..%2Fsecret', '', 'x'.repeat(5_000), '000001777885200000-000000-0000000g'])(
    'knows no mail %j',
    async (id) => {
      expect(await new Mailbox(dir).source(id)).toBeNull();
    },
  );

  it('reads addresses, headers and both bodies', async () => {
    const mailbox = new Mailbox(dir);
    const source = [
      'From: Tocsin <alerts@tocsin.example>',
      'To: Ada <ada@x.example>, eve@x.example',
      'Subject: =?utf-8?Q?[High_=E2=96=B2]?= Terms',
      'Date: Mon, 04 May 2026 09:01:30 +0000',
      'List-Unsubscribe: <https://tocsin.example/u>,',
      ' <mailto:u@tocsin.example>',
      'X-Twice: one',
      'X-Twice: two',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'plain https://x.example',
      '--b',
      'Content-Type: text/html',
      '',
      '<p>rich <a href="https://x.example">x</a></p>',
      '--b--',
    ].join('\r\n');
    const id = await mailbox.add(Buffer.from(source), at(1));
    expect(await mailbox.find(id)).toEqual({
      id,
      from: '"Tocsin" <alerts@tocsin.example>',
      to: ['ada@x.example', 'eve@x.example'],
      subject: '[High ▲] Terms',
      date: '2026-05-04T09:01:30.000Z',
      headers: expect.objectContaining({
        subject: '[High ▲] Terms',
        'list-unsubscribe': '<https://tocsin.example/u>, <mailto:u@tocsin.example>',
        'x-twice': 'one, two',
      }),
      text: 'plain https://x.example',
      html: '<p>rich <a href="https://x.example">x</a></p>',
    });
    expect((await mailbox.source(id))?.toString()).toBe(source);
  });

  it('makes do with a mail that has next to nothing', async () => {
    const mailbox = new Mailbox(dir);
    const id = await mailbox.add(Buffer.from('\r\n'), at(1));
    expect(await mailbox.find(id)).toEqual({
      id,
      from: '',
      to: [],
      subject: '',
      date: at(1).toISOString(),
      headers: {},
      text: expect.any(String),
      html: '',
    });
  });
});
