import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestStatus, replyCodeIn, statusIn } from '../../src/mail-reports/status-code.js';
import { meaningOf } from '../../src/mail-reports/status-meaning.js';
import { meaningsOfCodes } from '../../src/mail-reports/status-meanings.js';

/** As a server's reply is taken apart. */
const ofReply = (words: string) =>
  meaningOf({ status: statusIn(words), reply: replyCodeIn(words), diagnostic: words });

/** What large and widespread mail systems say, and what it means. */
const known: Record<string, string[]> = {
  'bad-mailbox': [
    "550-5.1.1 The email account that you tried to reach does not exist. Please try 550 5.1.1 double-checking the recipient's email address",
    '550 5.2.1 The email account that you tried to reach is disabled.',
    '550 5.2.1 no',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    '550 5.4.310 DNS domain nowhere.example does not exist [Message=InfoDomainNonexistent]',
    '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).',
    "554 delivery error: dd This user doesn't have a yahoo.example account (ada@yahoo.example) [0] - mta1234",
    '554 30 Sorry, your message to ada@aol.example cannot be delivered. This mailbox is disabled (554.30).',
    '550 Requested action not taken: mailbox unavailable',
    '550 No such user here',
    '550 <ada@example.net>: Recipient address rejected: User unknown in local recipient table',
    '550 User not found: ada@example.net',
    '550 Unrouteable address',
    '550 5.1.2 Host unknown (Name server: host not found)',
    '556 5.1.10 Recipient address has null MX',
    '556 no mail here',
    '551 User not local; please try <ada@example.com>',
    'Sorry, no mailbox here by that name. (#5.1.1)',
    'Host or domain name not found. Name service error for name=nowhere.example type=A: Host not found',
    '550 Invalid recipient',
    '550 5.0.0 account has been suspended',
    '550 5.7.17 mailbox owner has changed',
    '550 5.1.6 The recipient has moved',
  ],
  'mailbox-full': [
    '552 5.2.2 The email account that you tried to reach is over quota',
    '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException',
    '452 4.2.2 The email account that you tried to reach is over quota',
    '452 Mailbox full',
    '552 Requested mail action aborted: exceeded storage allocation',
    '550 Mailbox has exceeded the limit: quota exceeded',
    '552 no',
  ],
  temporary: [
    '421 4.7.0 Try again later, closing connection',
    '450 4.2.0 Recipient address rejected: Greylisted',
    '451 4.7.1 Greylisting in action, please come back later',
    '421 4.7.28 Our system has detected an unusual rate of unsolicited mail',
    '450 4.1.1 unverified address: user unknown',
    '451 Temporary local problem',
    '550 5.4.7 Delivery time expired',
    '554 5.4.6 mail loops back to myself',
    '550 5.3.2 system not accepting messages',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. https://support.google.com/mail/?p=ReceivingRatePerm',
    '550 5.2.1 https://support.google.com/mail/?p=ReceivingRatePerm',
    'Connection timed out',
    '',
  ],
  policy: [
    '550 5.7.1 Message rejected due to content: spam',
    '550 5.7.26 This message does not pass authentication checks: DMARC',
    '550 5.7.606 Access denied, banned sending IP [192.0.2.10]',
    '554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using zen.spamhaus.example',
    '553 5.7.2 [TSS09] All messages from 192.0.2.10 will be permanently deferred',
    '550 5.7.1 relaying denied',
    '554 Transaction failed. Reject due to policy restrictions.',
    '550 Blocked, although the user is unknown to no one',
    '550 5.0.0 rejected by DMARC policy',
    '550 no',
    '554 refused',
    '5.0.0',
  ],
  'too-big': [
    '552 5.3.4 Message size exceeds fixed limit',
    '552 5.2.3 Your message exceeded size limits',
    '552 Message too large',
    '552 message size 12345678 exceeds size limit 10485760 of server',
    '550 5.7.16 too big for this priority',
  ],
  protocol: [
    '550 5.1.8 Access denied, bad outbound sender',
    '553 5.1.8 Domain of sender address does not exist',
    '550 Sender address rejected: User unknown',
    '550 Sender verify failed',
    '550 5.0.0 Your account has been suspended',
    '550 5.0.0 Sender address does not exist',
    '550 5.0.0 The sending user account is not active',
    "550 The sender's account is disabled",
    '550 your e-mail address is unknown',
    '501 syntax error',
    '503 5.5.1 bad sequence of commands',
    '550 5.6.0 message content malformed',
    '530 Authentication required',
    '535 5.7.8 credentials invalid',
    '550 relay not permitted',
    "553 sorry, that domain isn't in my list of allowed rcpthosts",
    '550 5.7.27 Sender address has null MX',
  ],
};

describe('what a refusal means', () => {
  const all = Object.entries(known).flatMap(([meaning, said]) =>
    said.map((words) => [meaning, words] as const),
  );
  it.each(all)('%s: %s', (meaning, words) => {
    expect(ofReply(words)).toBe(meaning);
  });

  it('is never the end of an address while the class is 4', () => {
    const code = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 999 }));
    const said = fc.constantFrom(...all.map(([, words]) => words));
    fc.assert(
      fc.property(code, said, ([subject, detail], diagnostic) => {
        expect(['temporary', 'mailbox-full']).toContain(
          meaningOf({ status: `4.${subject}.${detail}`, reply: 550, diagnostic }),
        );
        expect(['temporary', 'mailbox-full']).toContain(meaningOf({ reply: 451, diagnostic }));
      }),
    );
  });

  it('is decided by the code where the table has it, whatever the words', () => {
    for (const [code, meaning] of Object.entries(meaningsOfCodes)) {
      for (const [, diagnostic] of all) expect(meaningOf({ status: `5.${code}`, diagnostic })).toBe(meaning);
    }
  });

  it.each([
    ['the relay of ours', '5.4.4', 'smtp-relay.internal.invalid', 'protocol'],
    ["the recipient's domain", '5.4.4', 'nowhere.example', 'bad-mailbox'],
    ['the same in another case', '5.4.4', 'NoWhere.Example.', 'bad-mailbox'],
    ['a part of it', '5.4.4', 'example', 'protocol'],
    ['a relay that no status tells of', null, 'smtp-relay.internal.invalid', 'protocol'],
    ['a relay behind a wrong status', '5.1.2', 'smtp-relay.internal.invalid', 'protocol'],
  ])('blames no mailbox for a host that was not found: %s', (_, status, host, expected) => {
    const recipient = 'ada@nowhere.example';
    for (const diagnostic of [
      `X-Postfix; Host or domain name not found. Name service error for name=${host} type=A: Host not found`,
      `X-Postfix; unable to look up host ${host}: Host or domain name not found`,
      `Unrouteable address: lookup of host "${host}" failed in smarthost router`,
      `Sorry, I couldn't find any host named ${host} (#5.1.2)`,
    ]) {
      expect(meaningOf({ status, reply: 550, diagnostic, recipient }), diagnostic).toBe(expected);
    }
  });

  it('is a mailbox that is gone where no host is named that was not found', () => {
    const recipient = 'ada@nowhere.example';
    expect(meaningOf({ status: '5.4.4', diagnostic: 'Host not found', recipient })).toBe('bad-mailbox');
  });

  it('goes by no address that is quoted in the words', () => {
    expect(ofReply('550 5.0.0 <quota.exceeded@example.net> no')).toBe('policy');
    expect(ofReply('550 <spam@example.net>: user unknown')).toBe('bad-mailbox');
  });

  it('is always one, in no time, whatever is said', () => {
    const meanings = Object.keys(known);
    fc.assert(
      fc.property(fc.string(), fc.option(fc.integer()), fc.string(), (status, reply, diagnostic) => {
        expect(meanings).toContain(meaningOf({ status, reply, diagnostic }));
      }),
    );
    const started = performance.now();
    for (const word of ['message size ', 'exceeds ', 'user is ', 'over ', 'no such ', 'a@', 'a', ' ']) {
      expect(meanings).toContain(meaningOf({ reply: 550, diagnostic: word.repeat(100_000) }));
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('says of every code of the registry what it means, or leaves it to the words on purpose', () => {
    // https://www.iana.org/assignments/smtp-enhanced-status-codes: subjects, with the details that each has.
    const registry: [number, number][] = [
      [0, 0],
      [1, 10],
      [2, 4],
      [3, 6],
      [4, 7],
      [5, 6],
      [6, 10],
      [7, 30],
    ];
    const unnamed = registry.flatMap(([subject, last]) =>
      Array.from({ length: last + 1 }, (_, detail) => `${subject}.${detail}`).filter(
        (code) => meaningsOfCodes[code] === undefined,
      ),
    );
    // 1.5 is no failure; 2.1 and 4.1 are told by their words; x.0 is "other or undefined".
    expect(unnamed).toEqual(['0.0', '1.0', '1.5', '2.0', '2.1', '3.0', '4.0', '4.1', '5.0', '6.0', '7.0']);
  });
});

describe('the codes in what is said', () => {
  it.each([
    ['smtp; 550 5.1.1 no', '5.1.1', 550],
    ['550-5.1.1 no', '5.1.1', 550],
    ['550 no (#5.1.1)', '5.1.1', 550],
    ['host mx.example.net[192.0.2.1] said: 550 5.7.1 no', '5.7.1', 550],
    ['mailer 5.2.1 of 5.1.1.2: 554 5.7.26 no', '5.7.26', 554],
    ['connect to 5.1.1.9 failed', null, null],
    ['waited 500 seconds', null, null],
    ['250 2.0.0 OK', '2.0.0', 250],
    ['no', null, null],
  ])('%s', (words, status, reply) => {
    expect([statusIn(words), replyCodeIn(words)]).toEqual([status, reply]);
  });

  it.each([
    ['5.0.0', 'smtp; 550 5.1.1 no', '5.1.1'],
    ['5.1.1', 'smtp; 550 5.7.1 no', '5.1.1'],
    ['5.0.0', 'smtp; 450 4.2.1 later', '5.0.0'],
    ['4.0.0', 'smtp; 450 4.2.1 later', '4.2.1'],
    ['5.2.2 (mailbox full)', null, '5.2.2'],
    ['9.9.9', 'no', null],
    [null, '550 5.1.1 no', '5.1.1'],
  ])('of %s and %s say most as %s', (field, words, status) => {
    expect(closestStatus(field, words)).toBe(status);
  });
});
