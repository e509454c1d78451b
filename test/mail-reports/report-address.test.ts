import { describe, expect, it } from 'vitest';
import { addressIn, hostIn } from '../../src/mail-reports/report-address.js';

describe('the address in a field of a report', () => {
  it.each([
    ['rfc822; ada@example.org', 'ada@example.org'],
    ['RFC822;ada+x@example.org', 'ada+x@example.org'],
    ['<ada@example.org>', 'ada@example.org'],
    ['rfc822;<ada@example.org> (gone)', 'ada@example.org'],
    ['Ada <ada@example.org>', 'ada@example.org'],
    ['"Ada, <not@this.one>" <ada@example.org>', 'ada@example.org'],
    ['rfc822; "a b;c"@example.org', '"a b;c"@example.org'],
    ['ada@example.org, grace@example.org', 'ada@example.org'],
    [String.raw`utf-8; \x{4A}\x{FC}rgen@example.org`, 'Jürgen@example.org'],
    [String.raw`utf-8; \x{D800}\x{110000}@example.org`, String.raw`\x{D800}\x{110000}@example.org`],
    ['<>', null],
    ['rfc822;', null],
    ['x-local; nobody', null],
    ['a\u0000@example.org', null],
    [`${'a'.repeat(310)}@example.org`, null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j', (field, address) => {
    expect(addressIn(field)).toBe(address);
  });
});

describe('the host in a field of a report', () => {
  it.each([
    ['dns; mx.example.net', 'mx.example.net'],
    ['dns;mx.example.net (MX of example.net)', 'mx.example.net'],
    ['mx.example.net', 'mx.example.net'],
    ['', null],
    [null, null],
  ])('%j', (field, host) => {
    expect(hostIn(field)).toBe(host);
  });
});
