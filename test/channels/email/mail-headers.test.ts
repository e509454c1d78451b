import { describe, expect, it } from 'vitest';
import { listFields, messageId, wayOut } from '../../../src/channels/email/mail-headers.js';
import { recipient } from '../../support/alert-content-fixture.js';

const unfolded = (line: string | undefined) => line?.replaceAll(/\r\n(?=[ \t])/g, '');
const unsubscribe = (url: string) =>
  unfolded(
    wayOut(recipient({ links: { unsubscribe: url } }), 'tocsin.example').find(
      ({ name }) => name === 'List-Unsubscribe',
    )?.line,
  );

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
      'List-Unsubscribe: <https://tocsin.example/unsubscribe?token=u1.K3f_Z9-q>, <mailto:unsubscribe+u1.K3f_Z9-q@tocsin.example>',
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
    expect(wayOut(recipient({ links: {} }), 'tocsin.example')).toEqual([]);
  });
});

describe('the headers of a list', () => {
  it.each([
    ['alert', true],
    ['confirm', false],
  ] as const)('of a mail that is one: %s, %s', (kind, isList) => {
    const names = listFields(kind, 'x:free:email:tocsin', 'tocsin.example').map(({ name }) => name);
    expect(names).toEqual([
      'Auto-Submitted',
      'X-Auto-Response-Suppress',
      'Feedback-ID',
      ...(isList ? ['List-Id'] : []),
    ]);
  });
});
