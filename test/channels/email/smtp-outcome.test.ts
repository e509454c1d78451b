import type { NodemailerError } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { delivered, failed } from '../../../src/channels/email/smtp-outcome.js';

function smtpError(fields: Partial<NodemailerError>): NodemailerError {
  return Object.assign(new Error('words of the server, never looked at'), fields);
}

const reply = (response: string, command = 'RCPT TO', code = 'EENVELOPE') =>
  failed(
    smtpError({
      code,
      command,
      response,
      permanent: response.startsWith('5') && !response.startsWith('503'),
    }),
    'ada.lovelace@example.org',
  );

describe('a mail that was taken', () => {
  it.each([
    ['250 2.0.0 Ok: queued as 4bCdE1fGh2', '4bCdE1fGh2'],
    ['250 OK id=1rAbCd-000abc-2X', '1rAbCd-000abc-2X'],
    ['250 2.0.0 OK <abc@EX1.prod.outlook.com> [Hostname=x]', '<abc@EX1.prod.outlook.com>'],
    ['250 Ok 0100018b5c3c0a4f-ab12-000000', '<0100018b5c3c0a4f-ab12-000000@eu-west-1.amazonses.com>'],
  ])('is known to the server by its id: %s', (response, providerId) => {
    const host = 'email-smtp.eu-west-1.amazonaws.com';
    expect(delivered(response, 'ada@example.org', host)).toEqual({
      kind: 'delivered',
      providerId,
      status: 250,
      excerpt: expect.stringMatching(/^250/),
    });
  });

  it('has no id when the server gives none', () => {
    expect(delivered('250 thanks, Ada', 'ada@example.org')).toEqual({
      kind: 'delivered',
      status: 250,
      excerpt: '250 thanks, …',
    });
  });
});

describe('an attempt that failed without a reply', () => {
  it.each([
    ['ESOCKET', 'the connection to the mail server failed'],
    ['ECONNECTION', 'the connection to the mail server failed'],
    ['ETIMEDOUT', 'the mail server did not answer in time'],
    ['EDNS', "the mail server's name could not be resolved"],
    ['ETLS', 'no safe connection to the mail server could be made'],
    ['EABORT', 'the attempt took too long and was broken off'],
    ['EAUTH', 'we could not log in to our mail server: the operator has to put the mail settings right'],
  ])('%s is tried again', (code, reason) => {
    expect(failed(smtpError({ code }), 'ada@example.org')).toEqual({ kind: 'retry', reason });
  });

  it.each(['EMESSAGE', 'EENVELOPE'])('%s is final: the same mail fails again', (code) => {
    expect(failed(smtpError({ code }), 'ada@example.org')).toMatchObject({ kind: 'permanent' });
  });
});

describe('an attempt that the server refused', () => {
  it.each([
    '421 4.3.2 shutting down',
    '451 4.7.1 greylisted',
    '452 4.2.2 mailbox full',
    '503 5.5.1 bad sequence of commands',
  ])('%s is tried again', (response) => {
    expect(reply(response)).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('put the mail off'),
    });
  });

  it.each([
    ['550 5.7.1 relaying denied', 'RCPT TO'],
    ['550-5.7.26 unauthenticated\n550 5.7.26 see the site', 'DATA'],
    ['535 5.7.8 bad credentials', 'AUTH PLAIN'],
    ['554 no service for this address', 'CONN'],
    ['550 bad HELO', 'EHLO'],
  ])('%s is ours to put right, so it is tried again', (response, command) => {
    expect(reply(response, command)).toMatchObject({
      kind: 'retry',
      reason: expect.stringContaining('the operator has to'),
    });
  });

  it.each(['550 no', '554 5.7.1 blocked', '550 5.7.26 unauthenticated'])(
    '%s rests for an hour at least, and names the operator',
    (response) => {
      const outcome = reply(response, 'DATA');
      expect(outcome).toMatchObject({
        kind: 'retry',
        reason: expect.stringContaining('the operator has to'),
      });
      expect((outcome as { afterSeconds: number }).afterSeconds).toBeGreaterThanOrEqual(3_600);
    },
  );

  it.each([
    '552 5.2.2 over quota',
    '550 5.3.2 not now',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages',
  ])('%s may pass later', (response) => {
    expect(reply(response)).toMatchObject({ kind: 'retry' });
  });

  it.each(['550 5.1.7 bad sender', '550 5.5.4 bad parameters', '550 5.7.8 bad credentials'])(
    '%s is a matter of settings, not of the address',
    (response) => {
      expect(reply(response)).toMatchObject({
        kind: 'retry',
        reason: expect.stringContaining('put the mail settings right'),
      });
    },
  );

  it.each(['550 5.1.1 unknown', '550 5.1.10 null MX', '550 5.2.1 disabled', '551 moved', '556 null MX'])(
    '%s disables the destination',
    (response) => {
      expect(reply(response)).toMatchObject({ kind: 'permanent', disable: true });
    },
  );

  it.each(['552 5.3.4 too big', '554 5.6.0 content'])('%s is final for this mail only', (response) => {
    expect(reply(response, 'DATA')).toMatchObject({ kind: 'permanent' });
    expect(reply(response, 'DATA')).not.toHaveProperty('disable');
  });

  it('keeps of the reply no address in whatever shape', () => {
    const outcome = reply(
      '550 5.1.1 <ada.lovelace@example.org> (also ada.lovelace=40example.org, ADA.LOVELACE%40example.org) Ada.Lovelace unknown',
    );
    expect(outcome).toMatchObject({ excerpt: '550 5.1.1 <…@…> (also …@…, …@…) … unknown' });
    expect(JSON.stringify(outcome)).not.toMatch(/lovelace/i);
  });

  it('keeps at most 500 characters of the reply', () => {
    expect(reply(`550 ${'x '.repeat(1_000)}`).excerpt?.length).toBeLessThanOrEqual(500);
  });
});
