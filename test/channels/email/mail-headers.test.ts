import { describe, expect, it } from 'vitest';
import { domainOf, mailHeaders, messageId } from '../../../src/channels/email/mail-headers.js';
import { recipient } from '../../support/alert-content-fixture.js';

const alert = { kind: 'alert', feedback: 'alert:free:email:tocsin' } as const;
const unsubscribe = (url: string) =>
  mailHeaders(alert, recipient({ links: { unsubscribe: url } }), 'tocsin.example')['List-Unsubscribe'];

describe('Message-ID', () => {
  it('stays the same for a delivery and differs between deliveries, secrets and domains', () => {
    const id = messageId('9001', 'secret', 'tocsin.example');
    expect(messageId('9001', 'secret', 'tocsin.example')).toBe(id);
    const others = [
      messageId('9002', 'secret', 'tocsin.example'),
      messageId('9001', 'other', 'tocsin.example'),
    ];
    expect(new Set([id, ...others]).size).toBe(3);
  });

  it('does not give the delivery away', () => {
    expect(messageId('9001', 'secret', 'tocsin.example')).toMatch(/^<[0-9a-f]{40}@tocsin\.example>$/);
  });
});

describe('List-Unsubscribe', () => {
  it('offers the link and a mailto with the token of the query', () => {
    expect(unsubscribe('https://tocsin.example/unsubscribe?token=u1.K3f_Z9-q')).toBe(
      '<https://tocsin.example/unsubscribe?token=u1.K3f_Z9-q>, <mailto:unsubscribe+u1.K3f_Z9-q@tocsin.example>',
    );
  });

  it('takes the token from the end of the path when the query has none', () => {
    expect(unsubscribe('https://tocsin.example/unsubscribe/tok-1')).toContain(
      '<mailto:unsubscribe+tok-1@tocsin.example>',
    );
  });

  it('puts a token that no local part can hold into the subject', () => {
    const token = 'a'.repeat(60);
    expect(unsubscribe(`https://tocsin.example/unsubscribe/${token}`)).toContain(
      `<mailto:unsubscribe@tocsin.example?subject=unsubscribe%20${token}>`,
    );
  });

  it('cannot be ended early by its link', () => {
    const value = unsubscribe('https://tocsin.example/u?token=a>\r\nBcc: <eve@evil.example');
    expect(value).not.toMatch(/[\r\n]/);
    expect(value?.match(/[<>]/g)).toHaveLength(4);
  });

  it('is left out together with List-Unsubscribe-Post when there is no link', () => {
    const headers = mailHeaders(alert, recipient({ links: {} }), 'tocsin.example');
    expect(Object.keys(headers).filter((name) => name.startsWith('List-Unsubscribe'))).toEqual([]);
  });
});

describe('domainOf', () => {
  it.each([
    'alerts@Tocsin.Example',
    'Tocsin <alerts@tocsin.example>',
    '"a@b.example" <alerts@tocsin.example>',
  ])('finds the domain of %s', (from) => {
    expect(domainOf(from)).toBe('tocsin.example');
  });

  it('refuses a sender without an address', () => {
    expect(() => domainOf('Tocsin')).toThrow(RangeError);
  });
});
