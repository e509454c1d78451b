import { describe, expect, it } from 'vitest';
import { senderOf } from '../../../src/channels/email/sender.js';

describe('the sender', () => {
  it.each([
    ['alerts@Tocsin.Example', 'From: alerts@tocsin.example'],
    ['Tocsin <alerts@tocsin.example>', 'From: Tocsin <alerts@tocsin.example>'],
    ['"a@b.example" <alerts@tocsin.example>', 'From: "a@b.example" <alerts@tocsin.example>'],
    ['Tocsin, Inc. <alerts@tocsin.example>', 'From: "Tocsin, Inc." <alerts@tocsin.example>'],
    [
      'Glöckchen 🔔 <alerts@tocsin.example>',
      'From: =?UTF-8?Q?Gl=C3=B6ckchen_=F0=9F=94=94?= <alerts@tocsin.example>',
    ],
  ])('is read from %s', (from, line) => {
    const sender = senderOf(from);
    expect([sender.address, sender.domain, sender.from.line]).toEqual([
      'alerts@tocsin.example',
      'tocsin.example',
      line,
    ]);
  });

  it.each(['Tocsin', '', 'Tocsin <>', 'glöckchen@tocsin.example', '"a> SIZE=1"@tocsin.example'])(
    'is refused without an address that every server takes: %s',
    (from) => {
      expect(() => senderOf(from)).toThrow(RangeError);
    },
  );

  it('cannot bring another header field with it', () => {
    const { line } = senderOf('Tocsin\r\nBcc: eve@evil.example <alerts@tocsin.example>').from;
    expect(line).not.toMatch(/[\r\n]/);
  });
});
