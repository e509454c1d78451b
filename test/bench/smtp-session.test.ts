import { beforeEach, describe, expect, it } from 'vitest';
import { SmtpSession, type SampleMail } from '../../bench/sinks/smtp-session.js';

const mail = 'Subject: hello\r\n\r\n..dots\r\n.\r\n';
const envelope = 'MAIL FROM:<alerts@bench.example> BODY=8BITMIME\r\nRCPT TO:<reader@example.net>\r\nDATA\r\n';

describe('the mail sink of the benchmark', () => {
  let replies: string[];
  let mails: SampleMail[];
  let session: SmtpSession;
  const say = (text: string) => session.take(Buffer.from(text));

  beforeEach(() => {
    replies = [];
    mails = [];
    session = new SmtpSession(
      (reply) => replies.push(reply),
      // The bytes are the buffer's own: whoever keeps them copies them.
      (taken) => mails.push({ ...taken, bytes: Buffer.from(taken.bytes) }),
    );
  });

  it('answers each command as it comes', () => {
    session.greet();
    for (const line of ['EHLO me\r\n', 'MAIL FROM:<a@b.c>\r\n', 'RCPT TO:<d@e.f>\r\n', 'DATA\r\n']) say(line);
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['220', '250', '250', '250', '354']);
    expect(replies[1]).toMatch(/^250-PIPELINING\r$/m);
  });

  it('answers commands that come together with replies that go together', () => {
    say(envelope);
    expect(replies).toEqual(['250 ok\r\n250 ok\r\n354 go on\r\n']);
  });

  it('keeps a mail to the byte, and whom it was for', () => {
    say(envelope);
    say(mail);
    expect(mails.map(({ sender, recipient, bytes }) => [sender, recipient, bytes.toString()])).toEqual([
      ['alerts@bench.example', 'reader@example.net', mail],
    ]);
  });

  it('finds the end of a mail wherever the line was cut', () => {
    for (let cut = 1; cut < mail.length; cut++) {
      say(envelope);
      say(mail.slice(0, cut));
      say(mail.slice(cut));
    }
    expect(mails).toHaveLength(mail.length - 1);
    expect(new Set(mails.map(({ bytes }) => bytes.toString()))).toEqual(new Set([mail]));
  });

  it('takes the next commands out of the bytes behind a mail', () => {
    say(envelope);
    say(`${mail}${envelope}${mail}RSET\r\n`);
    expect(mails).toHaveLength(2);
    expect(replies.at(-1)).toMatch(/250 ok\r\n$/);
  });

  it('says goodbye', () => {
    expect(say('NOOP\r\n')).toBe(true);
    expect(say('QUIT\r\n')).toBe(false);
    expect(replies.at(-1)).toBe('221 bye\r\n');
  });
});
