import { describe, expect, it } from 'vitest';
import { sesFindings } from '../../src/mail-reports/ses-notification.js';
import { meaningOf } from '../../src/mail-reports/status-meaning.js';
import { sample, sampleMessageId, sampleReturnPath } from './sample.js';

const known = {
  providerId: '0102019ab1c2d3e4-77777777-8888-9999-aaaa-bbbbbbbbbbbb-000000',
  returnPaths: [sampleReturnPath],
};
const read = (name: string) => sesFindings(sample(name).toString());

describe('a notification of Amazon SES', () => {
  it('of a bounce names each recipient with what was said of them', () => {
    expect(read('ses-bounce.json')).toMatchObject([
      {
        ...known,
        kind: 'bounce',
        messageId: sampleMessageId,
        recipient: 'ada@example.net',
        status: '5.1.1',
        reply: 550,
        diagnostic: '550 5.1.1 <ada@example.net>... User unknown',
        at: new Date('2026-11-23T09:14:05.000Z'),
        reportedBy: 'a7-12.smtp-out.eu-west-1.amazonses.com',
      },
      {
        ...known,
        kind: 'bounce',
        recipient: 'grace@example.com',
        status: '5.0.0',
        reply: null,
        diagnostic: null,
      },
    ]);
  });

  it('of a complaint has its type', () => {
    expect(read('ses-complaint.json')).toMatchObject([
      {
        ...known,
        kind: 'complaint',
        recipient: 'ada@yahoo.example',
        feedbackType: 'abuse',
        messageId: sampleMessageId,
        reportedBy: 'amazonses.com',
      },
    ]);
    const notSpam = sample('ses-complaint.json').toString().replace('"abuse"', '"not-spam"');
    expect(sesFindings(notSpam)).toMatchObject([{ kind: 'other', feedbackType: 'not-spam' }]);
    const untyped = sample('ses-complaint.json').toString().replace('"abuse"', 'null');
    expect(sesFindings(untyped)).toMatchObject([{ kind: 'complaint', feedbackType: null }]);
  });

  it('of a delivery and of a delay is neither', () => {
    expect(read('ses-delivery.json')).toMatchObject([
      { ...known, kind: 'delivered', recipient: 'ada@example.net', status: '2.6.0', reply: 250 },
    ]);
    expect(read('ses-delay.json')).toMatchObject([
      { ...known, kind: 'delayed', recipient: 'ada@example.net', status: '4.4.1', reply: 421 },
      { ...known, kind: 'delayed', recipient: 'grace@example.com', status: '4.4.2' },
    ]);
  });

  it.each([
    ['Permanent', 'NoEmail', 'bad-mailbox'],
    ['Permanent', 'Suppressed', 'bad-mailbox'],
    ['Permanent', 'OnAccountSuppressionList', 'bad-mailbox'],
    ['Permanent', 'General', 'policy'],
    ['Transient', 'General', 'temporary'],
    ['Transient', 'MailboxFull', 'mailbox-full'],
    ['Transient', 'MessageTooLarge', 'too-big'],
    ['Transient', 'ContentRejected', 'policy'],
    ['Undetermined', 'Undetermined', 'temporary'],
    ['Brand new', 'kind', 'temporary'],
  ])('without a code means what Amazon classes it as: %s, %s', (type, subtype, meaning) => {
    const { mail, bounce } = JSON.parse(sample('ses-bounce.json').toString());
    Object.assign(bounce, { bounceType: type, bounceSubType: subtype });
    const [, second] = sesFindings(JSON.stringify({ notificationType: 'Bounce', mail, bounce }));
    expect(meaningOf(second!)).toBe(meaning);
  });

  it.each(['Send', 'Open', 'Click', 'Reject', 'Rendering Failure', 'Subscription', 'Bounce'])(
    'of an event that is no report, or has none in it, says nothing: %s',
    (eventType) => {
      expect(sesFindings(JSON.stringify({ eventType, mail: { messageId: 'x' } }))).toEqual([]);
    },
  );

  it.each([
    'Successfully validated SNS topic for Amazon SES event publishing.',
    '',
    'null',
    '[]',
    '{"notificationType":"Bounce","bounce":{},"mail":{}}',
    '{"notificationType":"Bounce","mail":[]}',
  ])('that is none says nothing: %s', (message) => {
    expect(sesFindings(message)).toEqual([]);
  });
});
