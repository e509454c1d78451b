import { readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestReport, parseReport } from '../../src/mail-reports/parse-report.js';
import { returnPaths } from '../../src/mail-reports/return-path.js';
import type { DeliveryId } from '../../src/domain/ids.js';
import { onTheWire, sample, sampleMessageId, sampleReturnPath } from './sample.js';

const bounce = {
  kind: 'bounce',
  originalRecipient: null,
  messageId: sampleMessageId,
  feedbackType: null,
  providerId: null,
};

/** What each sample reports, in the order of its recipients. */
const reports: Record<string, object[]> = {
  'postfix-unknown-user.eml': [
    {
      ...bounce,
      recipient: 'ada@example.net',
      originalRecipient: 'ada@example.net',
      status: '5.1.1',
      reply: 550,
      diagnostic:
        '550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in virtual mailbox table',
      reportedBy: 'mail.example.org',
    },
  ],
  'postfix-delayed.eml': [
    {
      ...bounce,
      kind: 'delayed',
      recipient: 'ada@example.net',
      originalRecipient: 'ada@example.net',
      status: '4.2.0',
      reply: 450,
      diagnostic: expect.stringContaining('Greylisted'),
    },
  ],
  'exim.eml': [
    {
      ...bounce,
      recipient: 'grace@example.com',
      status: '5.7.1',
      reply: 550,
      diagnostic: '550 5.7.1 Message rejected: sending address not accepted due to spam filter',
      reportedBy: 'smtp.example.com',
    },
  ],
  'exim-plain.eml': [
    {
      ...bounce,
      recipient: 'ada@example.net',
      status: null,
      reply: null,
      diagnostic: 'Unrouteable address',
      reportedBy: 'relay.example.org',
    },
    {
      ...bounce,
      recipient: 'grace@example.com',
      status: '5.2.2',
      reply: 552,
      diagnostic: expect.stringContaining('over quota'),
    },
  ],
  'sendmail.eml': [
    {
      ...bounce,
      recipient: 'ada@no-such-domain.example',
      status: '5.1.2',
      reply: null,
      diagnostic: null,
      reportedBy: 'relay.example.org',
    },
  ],
  'exchange-quota.eml': [
    {
      ...bounce,
      recipient: 'grace@corp.example',
      status: '5.2.2',
      reply: 554,
      diagnostic: '554 5.2.2 mailbox full;STOREDRV.Deliver.Exception:QuotaExceededException',
      reportedBy: 'EX01.corp.example',
    },
  ],
  'office365.eml': [
    {
      ...bounce,
      recipient: 'ada@tenant.example',
      status: '5.1.10',
      reply: 550,
      diagnostic: expect.stringContaining('RESOLVER.ADR.RecipientNotFound'),
    },
  ],
  'gmail.eml': [
    {
      ...bounce,
      recipient: 'ada.example@gmail.example',
      status: '5.1.1',
      reply: 550,
      diagnostic:
        "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. For more information, go to https://support.google.example/mail/?p=NoSuchUser ffacd0b85a97d-39e - gsmtp",
      reportedBy: 'googlemail.com',
    },
  ],
  'qmail.eml': [
    {
      ...bounce,
      recipient: 'ada@example.com',
      status: '5.1.1',
      reply: null,
      diagnostic: 'Sorry, no mailbox here by that name. (#5.1.1)',
      reportedBy: 'mx.example.com',
    },
    { ...bounce, recipient: 'grace@example.net', status: null, reply: 552 },
  ],
  'yahoo-complaint.eml': [
    {
      kind: 'complaint',
      recipient: 'ada@yahoo.example',
      feedbackType: 'abuse',
      messageId: sampleMessageId,
      status: null,
      reportedBy: 'arf.mail.yahoo.example',
    },
  ],
  'outlook-complaint.eml': [
    {
      kind: 'complaint',
      recipient: 'grace@outlook.example',
      feedbackType: 'abuse',
      messageId: sampleMessageId,
    },
  ],
  'hotmail-complaint.eml': [
    {
      kind: 'complaint',
      recipient: 'grace@hotmail.example',
      feedbackType: 'abuse',
      reportedBy: 'hotmail.example',
    },
  ],
  'redacted-complaint.eml': [
    { kind: 'complaint', recipient: null, feedbackType: 'opt-out', reportedBy: 'fbl.provider.example' },
  ],
  'success.eml': [
    { kind: 'delivered', recipient: 'ada@example.net', status: '2.0.0', reply: 250 },
    { kind: 'delivered', recipient: 'team@example.net', diagnostic: 'delivered to command: list' },
    { kind: 'delivered', recipient: 'grace@old.example', status: '2.1.9' },
  ],
  'several-recipients.eml': [
    { ...bounce, recipient: 'ada@example.net', originalRecipient: 'list@example.net', status: '5.2.1' },
    {
      ...bounce,
      kind: 'delayed',
      recipient: 'grace@example.com',
      originalRecipient: 'list@example.net',
      status: '4.4.1',
      diagnostic: 'Connection timed out',
    },
    { ...bounce, recipient: '"a b"@example.edu', status: '5.3.4', reply: null },
    { ...bounce, recipient: null, status: '5.0.0', diagnostic: null },
  ],
  'international.eml': [
    { ...bounce, recipient: '用户@example.net', diagnostic: '550 5.1.1 Empfänger unbekannt' },
    {
      ...bounce,
      recipient: 'jürgen@example.net',
      status: '5.2.2',
      diagnostic: '552 5.2.2 Postfach ist voll — später wieder',
      reportedBy: 'xn--mnchen-3ya.example',
    },
  ],
  'vacation.eml': [{ kind: 'other', recipient: null, messageId: sampleMessageId }],
  'forwarded-by-a-person.eml': [{ kind: 'other', recipient: null, status: null }],
  'nonsense.eml': [{ recipient: null }],
};

const names = readdirSync(new URL('samples', import.meta.url)).filter((name) => name.endsWith('.eml'));

describe('a report', () => {
  it.each(names)('is understood: %s', async (name) => {
    const findings = await parseReport(sample(name));
    expect(findings).toMatchObject(reports[name] ?? ['what it should be']);
    expect(findings).toHaveLength(reports[name]?.length ?? 0);
  });

  it.each(names)('is the same with the line ends of the wire: %s', async (name) => {
    expect(await parseReport(onTheWire(sample(name)))).toEqual(await parseReport(sample(name)));
  });

  it.each(names.filter((name) => sample(name).includes(sampleReturnPath)))(
    'names the delivery that it is about: %s',
    async (name) => {
      const paths = returnPaths('bounce@example.org', 'a key of the tests, long enough for them');
      const deliveryId = '4711' as DeliveryId;
      const source = sample(name).toString('latin1').replaceAll(sampleReturnPath, paths.of({ deliveryId }));
      for (const finding of await parseReport(Buffer.from(source, 'latin1'))) {
        expect(paths.readFirst(finding.returnPaths)).toBe(deliveryId);
      }
    },
  );

  it('names the delivery by where it went, or by the mail that it gives back', async () => {
    const source = sample('postfix-unknown-user.eml').toString();
    const sentTo = source.replaceAll(/^(Return-Path|X-Postfix-Sender): .*\n/gm, '');
    const givenBack = source.replaceAll(/^(To|X-Original-To|Delivered-To): bounce.*\n/gm, '');
    for (const cut of [sentTo, givenBack]) {
      expect((await parseReport(Buffer.from(cut)))[0]?.returnPaths).toContain(sampleReturnPath);
    }
  });
});

describe('a report that is out of order', () => {
  it.each(names)('never throws, and says at least something, however it is cut: %s', async (name) => {
    const source = sample(name);
    for (let length = 0; length < source.length; length += 97) {
      expect((await parseReport(source.subarray(0, length))).length).toBeGreaterThan(0);
    }
  });

  it('never throws, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(), fc.nat(300)), { maxLength: 30 }),
        fc.uint8Array({ maxLength: 200 }),
        async (name, strokes, noise) => {
          const source = Buffer.from(sample(name));
          // Bytes are changed, and beyond 255 a piece is moved to where it does not belong.
          for (const [place, byte] of strokes) {
            const at = place % source.length;
            if (byte < 256) source[at] = byte;
            else source.copyWithin(at, (place >>> 7) % source.length, ((place >>> 7) % source.length) + 40);
          }
          for (const report of [source, Buffer.concat([source, noise]), Buffer.from(noise)]) {
            for (const finding of await parseReport(report)) {
              expect(finding.diagnostic ?? '').not.toMatch(/\p{Cc}/u);
              expect(finding.diagnostic?.length ?? 0).toBeLessThanOrEqual(500);
              expect(finding.recipient?.length ?? 0).toBeLessThanOrEqual(320);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is read to its first MiB, in which the findings stand', async () => {
    const source = sample('yahoo-complaint.eml').toString();
    const long = source.replace('Acme raised', `${'x'.repeat(70)}\n`.repeat(80_000));
    expect(long.length).toBeGreaterThan(longestReport);
    expect(await parseReport(Buffer.from(long))).toMatchObject([
      { kind: 'complaint', recipient: 'ada@yahoo.example' },
    ]);
    const late = sample('sendmail.eml')
      .toString()
      .replace('The original', `${'x '.repeat(longestReport / 2)}$&`);
    expect(await parseReport(Buffer.from(late))).toMatchObject([{ kind: 'other' }]);
  });

  it('may have more recipients and parts than anybody has, which are not all read', async () => {
    const recipient = 'Final-Recipient: rfc822; ada@example.net\nAction: failed\nStatus: 5.1.1\n\n';
    const source = sample('sendmail.eml').toString();
    const many = source.replace('Final-Recipient:', `${recipient.repeat(5_000)}Final-Recipient:`);
    expect((await parseReport(Buffer.from(many))).length).toBe(100);
    const boundary = '\n--5ANB1d0O012345.1795431699/relay.example.org\n\nx\n';
    const parts = source
      .replace(boundary.trimEnd(), '')
      .replace('\nContent-Type: message/d', `${boundary.repeat(9_000)}$&`);
    expect((await parseReport(Buffer.from(parts))).length).toBeGreaterThan(0);
  });

  it('is about the member of a list that sendmail names beside the list', async () => {
    const source = sample('sendmail.eml')
      .toString()
      .replace('Action: failed', 'X-Actual-Recipient: RFC822; member@example.net\n$&');
    expect(await parseReport(Buffer.from(source))).toMatchObject([{ recipient: 'member@example.net' }]);
  });

  it('does not report what a mail inside a mail says', async () => {
    expect(await parseReport(sample('forwarded-by-a-person.eml'))).toMatchObject([{ kind: 'other' }]);
  });

  it.each(['not-spam', 'auth-failure'])('is no complaint when its type is %s', async (type) => {
    const source = sample('yahoo-complaint.eml').toString().replace('Type: abuse', `Type: ${type}`);
    expect(await parseReport(Buffer.from(source))).toMatchObject([{ kind: 'other', feedbackType: type }]);
  });
});
