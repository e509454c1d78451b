import { describe, expect, it } from 'vitest';
import { postmarkFindings } from '../../src/mail-reports/postmark-webhook.js';
import { meaningOf } from '../../src/mail-reports/status-meaning.js';
import { hasSecret } from '../../src/mail-reports/webhook-secret.js';
import { sample, sampleReturnPath } from './sample.js';

const body = (name: string, changes: object = {}) => ({ ...JSON.parse(sample(name).toString()), ...changes });
const known = { providerId: '883953f4-6105-42a2-a16a-77a8eac79483', reportedBy: 'postmarkapp.com' };

describe('a webhook of Postmark', () => {
  it('reports a bounce', () => {
    expect(postmarkFindings(body('postmark-bounce.json'))).toMatchObject([
      {
        ...known,
        kind: 'bounce',
        recipient: 'ada@example.net',
        status: '5.1.1',
        reply: 550,
        diagnostic: expect.stringContaining('does not exist'),
        returnPaths: [sampleReturnPath],
      },
    ]);
  });

  it('reports a complaint', () => {
    expect(postmarkFindings(body('postmark-complaint.json'))).toMatchObject([
      {
        ...known,
        kind: 'complaint',
        recipient: 'ada@yahoo.example',
        feedbackType: 'abuse',
        diagnostic: null,
      },
    ]);
  });

  it('reports a delivery', () => {
    const report = {
      RecordType: 'Delivery',
      Recipient: 'ada@example.net',
      Details: 'smtp;250 2.0.0 OK 1795425247 x',
      MessageID: known.providerId,
    };
    expect(postmarkFindings(report)).toMatchObject([
      { ...known, kind: 'delivered', recipient: 'ada@example.net', status: '2.0.0', reply: 250 },
    ]);
  });

  it.each([
    [1, 'bounce', 'bad-mailbox'],
    [2, 'bounce', 'temporary'],
    [256, 'bounce', 'temporary'],
    [512, 'bounce', 'policy'],
    [2048, 'bounce', 'temporary'],
    [4096, 'bounce', 'temporary'],
    [100_000, 'bounce', 'bad-mailbox'],
    [100_006, 'bounce', 'policy'],
    [100_007, 'bounce', 'protocol'],
    [100_009, 'bounce', 'policy'],
    [123_456, 'bounce', 'temporary'],
    [16, 'unsubscribe', null],
    [100_001, 'complaint', null],
    [32, 'other', null],
    [64, 'other', null],
    [128, 'other', null],
    [100_002, 'other', null],
  ])('without a code in its details means what its type does: %i', (TypeCode, kind, meaning) => {
    const [finding] = postmarkFindings(body('postmark-bounce.json', { TypeCode, Details: '' })) ?? [];
    expect(finding).toMatchObject({ kind });
    if (meaning !== null) expect(meaningOf(finding!)).toBe(meaning);
  });

  it('goes by the code of the refusing server rather than by the type', () => {
    const changes = { TypeCode: 1, Details: 'smtp;550 5.7.1 blocked' };
    const [finding] = postmarkFindings(body('postmark-bounce.json', changes)) ?? [];
    expect(meaningOf(finding!)).toBe('policy');
  });

  it.each([
    ['ManualSuppression', 'Recipient', true, { kind: 'unsubscribe', feedbackType: null }],
    ['ManualSuppression', 'Customer', true, { kind: 'other' }],
    ['ManualSuppression', 'Admin', true, { kind: 'other' }],
    ['HardBounce', 'Recipient', true, { kind: 'bounce', status: '5.1.1' }],
    ['SpamComplaint', 'Recipient', true, { kind: 'complaint', feedbackType: 'abuse' }],
    [null, 'Customer', false, { kind: 'other' }],
    [null, 'Recipient', false, { kind: 'resubscribe' }],
    ['ManualSuppression', 'Recipient', false, { kind: 'resubscribe' }],
    ['SpamComplaint', 'Recipient', false, { kind: 'other' }],
    ['HardBounce', 'Customer', false, { kind: 'other' }],
  ])(
    'tells a change of its own list: %s by %s, %s',
    (SuppressionReason, Origin, SuppressSending, expected) => {
      const changes = { SuppressionReason, Origin, SuppressSending };
      expect(postmarkFindings(body('postmark-subscription-change.json', changes))).toMatchObject([
        { ...known, ...expected, recipient: 'ada@example.net' },
      ]);
    },
  );

  it('says when, to the end of a second', () => {
    const at = (name: string, changes: object = {}) => postmarkFindings(body(name, changes))?.[0]?.at;
    expect(at('postmark-bounce.json')).toEqual(new Date('2026-11-23T09:14:07.999Z'));
    expect(at('postmark-subscription-change.json')).toEqual(new Date('2026-11-23T09:45:00.999Z'));
    expect(at('postmark-complaint.json', { BouncedAt: '2026-11-23T10:14:07.1234567+01:00' })).toEqual(
      new Date('2026-11-23T09:14:07.123Z'),
    );
    for (const BouncedAt of [
      null,
      '',
      'yesterday',
      '2026-11-23',
      '2026-11-23T09:14:07',
      '2026-13-23T09:14:07Z',
    ]) {
      expect(at('postmark-bounce.json', { BouncedAt }), String(BouncedAt)).toBeNull();
    }
  });

  it('may be of a kind that is no report', () => {
    for (const RecordType of ['Open', 'Click', 'Inbound'])
      expect(postmarkFindings({ RecordType })).toEqual([]);
  });

  it.each([null, 7, 'x', [], {}, { RecordType: 'Bounce' }, { RecordType: 'x' }, body('ses-bounce.json')])(
    'is none: %j',
    (report) => {
      expect(postmarkFindings(report)).toBeNull();
    },
  );
});

describe('a secret', () => {
  const secret = 'a secret: of the tests';
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  it('lets in who has it, as a password or in a header', () => {
    expect(hasSecret(basic(`postmark:${secret}`), secret)).toBe(true);
    expect(hasSecret(basic(`:${secret}`), secret)).toBe(true);
    expect(hasSecret({ header: secret }, secret)).toBe(true);
    expect(hasSecret({ ...basic('postmark:wrong'), header: secret }, secret)).toBe(true);
  });

  it.each([
    {},
    { header: '' },
    { header: 'a secret: of the test' },
    { header: `${secret} ` },
    { header: secret.toUpperCase() },
    basic('postmark:wrong'),
    basic(secret),
    basic(''),
    { authorization: `Bearer ${secret}` },
    { authorization: 'Basic' },
    { authorization: `Basic ${secret}` },
  ])('keeps out who has not: %j', (given) => {
    expect(hasSecret(given, secret)).toBe(false);
  });

  it('that is empty lets nobody in', () => {
    expect(hasSecret({ header: '' }, '')).toBe(false);
    expect(hasSecret(basic('postmark:'), '')).toBe(false);
  });
});
