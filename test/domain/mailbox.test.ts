import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailboxFamily, mailboxKey, readMailbox, wireAddress } from '../../src/domain/mailbox.js';

const faultOf = (address: string) => (readMailbox(address) as { fault?: string }).fault ?? null;

function wireOf(address: string): string | null {
  const mailbox = readMailbox(address);
  return 'fault' in mailbox ? null : wireAddress(mailbox);
}

describe('an address on the wire', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['Ada+Alerts@Example.ORG', 'Ada+Alerts@example.org'],
    ['user@bücher.example', 'user@xn--bcher-kva.example'],
    ['user@BÜCHER.example', 'user@xn--bcher-kva.example'],
    ['user@xn--bcher-kva.example', 'user@xn--bcher-kva.example'],
    ['user@日本。example', 'user@xn--wgv71a.example'],
    ['"john doe"@example.org', '"john doe"@example.org'],
    ['"john.doe"@example.org', 'john.doe@example.org'],
    ['"a\\"b\\\\c"@example.org', '"a\\"b\\\\c"@example.org'],
    ['"a\\b"@example.org', 'ab@example.org'],
    ['"a@b, c"@example.org', '"a@b, c"@example.org'],
    ['jose\u0301@example.org', 'josé@example.org'],
    ['用户@例子.example', '用户@xn--fsqu00a.example'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  ])('of %s is %s', (address, wire) => {
    expect(wireOf(address)).toBe(wire);
  });
});

describe('what is no address', () => {
  it.each([
    ['ada.example.org', 'must be an email address'],
    ['@example.org', 'must be an email address'],
    ['ada@', 'must be an email address'],
    ['ada@localhost', 'domain name'],
    ['ada@[127.0.0.1]', 'IP address'],
    ['ada@127.0.0.1', 'domain name'],
    ['ada@0x7f.1', 'domain name'],
    ['ada@example.1', 'domain name'],
    ['ada@example.org:25', 'domain name'],
    ['ada@ex%61mple.org', 'domain name'],
    ['ada@example.org/', 'domain name'],
    ['ada@example.org.', 'domain name'],
    ['ada@-example.org', 'domain name'],
    ['ada@ex_ample.org', 'domain name'],
    ['ada@xn--a.example', 'domain name'],
    ['Ada <ada@example.org>', 'without a name'],
    ['<ada@example.org>', 'without a name'],
    ['ada@example.org,eve@example.org', 'one address'],
    ['ada@example.org;eve@example.org', 'one address'],
    ['eve@evil.example,ada@example.org', 'one address'],
    ['eve@evil.example@example.org', 'one address'],
    ['@relay.example,@other.example:ada@example.org', 'route'],
    ['@relay.example:ada@example.org', 'route'],
    ['ada lovelace@example.org', 'quotes'],
    ['ada\u00A0lovelace@example.org', 'quotes'],
    ['ada(comment)@example.org', 'quotes'],
    ['ada..lovelace@example.org', 'quotes'],
    ['"ada"lovelace@example.org', 'quotes'],
    ['""@example.org', 'quotes'],
    ['"ada@example.org', 'quotes'],
    ['ada@example.org\r\nBcc: eve@evil.example', 'control characters'],
    ['"ada\r\nBcc: eve"@example.org', 'control characters'],
    ['ada\u0000@example.org', 'control characters'],
    ['ada\u2028@example.org', 'control characters'],
    ['\u202Eada@example.org', 'invisible'],
    ['ad\u200Ba@example.org', 'invisible'],
    [`${'a'.repeat(65)}@example.org`, '64 octets'],
    [`${'é'.repeat(33)}@example.org`, '64 octets'],
    [`${'a'.repeat(60)}@${'b.'.repeat(97)}org`, '254 octets'],
    [`ada@${'ü'.repeat(60)}.example`, 'domain name'],
  ])('%j is told what it must be', (address, words) => {
    expect(faultOf(address)).toContain(words);
  });
});

describe('the key of a mailbox', () => {
  it.each([
    ['Ada@Example.org', 'ada@example.org'],
    ['user@Bücher.example', 'USER@xn--bcher-kva.EXAMPLE'],
    ['"ada"@example.org', 'ada@example.org'],
    ['"Ada B"@example.org', '"ada b"@EXAMPLE.org'],
    ['JOSÉ@example.org', 'jose\u0301@example.org'],
    [' ada@example.org ', 'ada@example.org'],
  ])('is one for %s and %s', (one, other) => {
    expect(mailboxKey(one)).toBe(mailboxKey(other));
  });

  it.each([
    ['ada@example.org', 'ada+x@example.org'],
    ['a.da@example.org', 'ada@example.org'],
    ['"ada b"@example.org', '"adab"@example.org'],
  ])('tells %s and %s apart', (one, other) => {
    expect(mailboxKey(one)).not.toBe(mailboxKey(other));
  });

  it('is the address in lower case where that is plain, as PostgreSQL writes it', () => {
    expect(mailboxKey("Ada.O'Neil+X@Example.org")).toBe("ada.o'neil+x@example.org");
  });

  it('counts what is delivered alike together', () => {
    expect(mailboxFamily('Ada+x+y@example.org')).toBe('ada@example.org');
    expect(mailboxFamily('"a b+c"@example.org')).toBe('"a b"@example.org');
    expect(mailboxFamily('"ada+ 1"@example.org')).toBe('ada@example.org');
    expect(mailboxFamily('"ada+@"@example.org')).toBe('ada@example.org');
    expect(mailboxFamily('+x@example.org')).toBe('+x@example.org');
    expect(mailboxFamily('no address+x')).toBe('no address+x');
  });

  it('counts what differs by dots together where these make no difference, and nowhere else', () => {
    for (const one of ['a.d.a@gmail.com', 'A.DA+x@googlemail.com', '"a..da"@gmail.com']) {
      expect(mailboxFamily(one)).toBe('ada@gmail.com');
    }
    expect(mailboxFamily('"..."@gmail.com')).toBe('"..."@gmail.com');
    expect(mailboxFamily('a.d.a@example.org')).toBe('a.d.a@example.org');
    expect(mailboxFamily('a.d.a@mail.gmail.com')).toBe('a.d.a@mail.gmail.com');
  });
});

/** Addresses, nearly addresses, and what somebody who means harm would put into one. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@',
        '"',
        '\\',
        ',',
        ';',
        ':',
        '<',
        '>',
        '\r\n',
        '\n',
        ' ',
        '.',
        '+',
        'Bcc: ',
        '%',
        '[',
        '(',
      ),
      fc.constantFrom(
        'ada',
        'example.org',
        'bücher',
        'é',
        '\u202E',
        '\u0000',
        '\u2028',
        '\uFEFF',
        '。',
        '／',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

describe('whatever is given', () => {
  it('either is told what it must be or stays one recipient in one command and one header', () => {
    fc.assert(
      fc.property(hostile, (address) => {
        const wire = wireOf(address);
        if (wire === null) {
          expect(faultOf(address)).toMatch(/^(must|has) /);
          return;
        }
        expect(wire).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(new TextEncoder().encode(wire).length).toBeLessThanOrEqual(254);
        const [, local = '', domain = ''] =
          /^("(?:[^"\\]|\\.)*"|[^"@,;:<>()[\]\s]+)@([^@]+)$/u.exec(wire) ?? [];
        expect(local).not.toBe('');
        expect(domain).toMatch(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads what it wrote as the same', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.emailAddress()), (address) => {
        const wire = wireOf(address);
        if (wire === null) return;
        expect(wireOf(wire)).toBe(wire);
        expect(mailboxKey(wire)).toBe(mailboxKey(address));
        expect(mailboxKey(mailboxKey(address))).toBe(mailboxKey(address));
      }),
      { numRuns: 1_000 },
    );
  });

  it('that is an everyday address is taken', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(faultOf(address)).toBeNull();
      }),
    );
  });
});
