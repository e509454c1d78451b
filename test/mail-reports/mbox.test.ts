import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMbox } from '../../src/mail-reports/mbox.js';
import { parseReport } from '../../src/mail-reports/parse-report.js';
import { onTheWire, sample } from './sample.js';

const separator = 'From MAILER-DAEMON  Mon Nov 23 09:14:07 2026';

/** Writes as mboxrd is described: the file that a mail delivery agent appends to. */
function mboxrd(mails: readonly string[], eol = '\n'): string {
  return mails
    .map((mail) => {
      const lines = mail.split('\n').slice(0, -1);
      return [separator, ...lines.map((line) => line.replace(/^>*From /, '>$&')), '', ''].join(eol);
    })
    .join('');
}

function chunks(text: string | Buffer, size: number): Readable {
  const bytes = Buffer.from(text);
  const cuts = Math.ceil(bytes.length / size);
  return Readable.from(Array.from({ length: cuts }, (_, n) => bytes.subarray(n * size, (n + 1) * size)));
}

async function split(text: string | Buffer, size = 65_536, mostBytes = 1_048_576): Promise<string[]> {
  const mails: string[] = [];
  for await (const mail of splitMbox(chunks(text, size), mostBytes)) mails.push(mail.toString());
  return mails;
}

describe('a mailbox file', () => {
  it('gives back the mails that were put in, however it is read', async () => {
    const line = fc.oneof(
      fc.constantFrom('', 'From ', '>From me', '>>From you', 'From ada Mon 09:14', 'a', '.', separator, '\t'),
      fc.string().map((text) => text.replaceAll(/[\r\n]/g, ' ')),
    );
    const mail = fc
      .array(line, { minLength: 1, maxLength: 8 })
      .map((lines) => `Subject: x\n\n${lines.join('\n')}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(mail, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 90 }),
        fc.boolean(),
        async (mails, size, crlf) => {
          const eol = crlf ? '\r\n' : '\n';
          const expected = mails.map((text) => text.replaceAll('\n', eol));
          expect(await split(mboxrd(mails, eol), size)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('may hold lines that only look like a separator', async () => {
    const mail = `Subject: x\n\nFrom then on\n\nFrom 9 to 5 we work.\nFrom ada Mon 09:14 2026\n`;
    expect(await split(`${separator}\n${mail}\n${separator}\nSubject: y\n\n`)).toEqual([
      mail,
      'Subject: y\n',
    ]);
  });

  it('of reports gives the reports', async () => {
    const names = ['postfix-unknown-user.eml', 'qmail.eml', 'yahoo-complaint.eml', 'vacation.eml'];
    for (const eol of ['\n', '\r\n']) {
      const mails = await split(
        mboxrd(
          names.map((name) => sample(name).toString()),
          eol,
        ),
        1_000,
      );
      const kinds = await Promise.all(
        mails.map(async (mail) => (await parseReport(Buffer.from(mail)))[0]?.kind),
      );
      expect(kinds).toEqual(['bounce', 'bounce', 'complaint', 'other']);
    }
  });

  it('may be cut off, end without a line end, or be empty', async () => {
    expect(await split(`${separator}\nSubject: x\n\nhalf a li`)).toEqual(['Subject: x\n\nhalf a li']);
    expect(await split(`${separator}\n`)).toEqual([]);
    expect(await split('')).toEqual([]);
    expect(await split('\n\n')).toEqual([]);
    expect(await split(`\n${separator}\n\n${separator}\nSubject: x\n`)).toEqual(['Subject: x\n']);
  });
});

describe('a single mail', () => {
  it('is one mail, as it is', async () => {
    const mail = `Subject: x\n\n>From me\n\n${separator}\n\nFrom you\n\n`;
    expect(await split(mail, 7)).toEqual([mail]);
    const report = onTheWire(sample('gmail.eml'));
    expect(await split(report, 100)).toEqual([report.toString()]);
  });

  it('may have the line of the mail server before it', async () => {
    const mail = 'Subject: x\n\ny\n';
    expect(await split(`${separator}\n${mail}`)).toEqual([mail]);
  });
});

describe('a file of any size', () => {
  it('may have lines of any length, whose middle is no beginning', async () => {
    const long = 'y'.repeat(70_000);
    const mail = `Subject: x\n\n${long}>From here on\n`;
    const file = `${separator}\n${mail}`;
    expect(await split(file, file.length - '>From here on\n'.length)).toEqual([mail]);
  });

  it('is read with one mail in memory, of which no more is kept than is wanted', async () => {
    const line = Buffer.from(`${'x'.repeat(75)}\n`.repeat(1_000));
    const endless = Buffer.alloc(1_000_000, 'y');
    async function* large() {
      for (let n = 0; n < 40; n++) {
        yield Buffer.from(`${separator}\nSubject: ${n}\n\n`);
        for (let part = 0; part < 50; part++) yield line;
        // A single line of 100 MB at one place, of 2 MB at the others.
        for (let part = 0; part < (n === 20 ? 100 : 2); part++) yield endless;
        yield Buffer.from('\n\n');
      }
    }
    const before = process.memoryUsage().arrayBuffers;
    let mails = 0;
    let most = 0;
    for await (const mail of splitMbox(large(), 10_000)) {
      expect(mail.toString('latin1', 0, 20)).toMatch(new RegExp(`^Subject: ${mails}\n\nx`));
      expect(mail.length).toBe(10_000);
      mails++;
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    expect(mails).toBe(40);
    // Of 330 MB that went through.
    expect(most - before).toBeLessThan(50_000_000);
  });
});
