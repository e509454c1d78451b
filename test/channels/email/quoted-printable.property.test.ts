import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedPrintable } from '../../../src/channels/email/quoted-printable.js';
import { oddText } from './odd-text.js';

/** RFC 2045, 6.7, read backwards. */
function decoded(encoded: string): string {
  const bytes = encoded
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

const asItComesOver = (text: string) => text.toWellFormed().replaceAll(/\r\n|[\r\n]/g, '\r\n');

describe('quoted-printable', () => {
  it('brings every text over, its line ends as CRLF', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        expect(decoded(quotedPrintable(text))).toBe(asItComesOver(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is lines of at most 76 characters of printable ASCII', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const encoded = quotedPrintable(text);
        for (const line of encoded.split('\r\n')) expect(line).toMatch(/^[ -~]{0,76}$/);
        expect(encoded.replaceAll(/=(?:[0-9A-F]{2}|\r\n)/g, '')).not.toContain('=');
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves nothing that servers, mailboxes or DKIM change on the way', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const encoded = `\r\n${quotedPrintable(text)}\r\n`;
        expect(encoded).not.toMatch(/\r\n\.|\r\nFrom | {2}| \r\n|=_/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('tears no character apart', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        for (const line of quotedPrintable(text).split(/=?\r\n/))
          expect(decoded(line).isWellFormed()).toBe(true);
        for (const line of quotedPrintable(text).split(/=?\r\n/)) {
          const halves = decoded(line).match(/\uFFFD/g)?.length ?? 0;
          expect(halves).toBe(line.match(/=EF=BF=BD/g)?.length ?? 0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['', ''],
    ['a=b', 'a=3Db'],
    ['a ', 'a=20'],
    ['a  b', 'a=20 b'],
    ['a\tb', 'a=09b'],
    ['.\n..', '=2E\r\n=2E.'],
    ['From here From there', '=46rom here From there'],
    ['“é😀”', '=E2=80=9C=C3=A9=F0=9F=98=80=E2=80=9D'],
    ['x'.repeat(75), 'x'.repeat(75)],
    ['x'.repeat(76), `${'x'.repeat(75)}=\r\nx`],
    [`${'x'.repeat(75)}.`, `${'x'.repeat(75)}=\r\n=2E`],
    [`${'x'.repeat(70)}é`, `${'x'.repeat(70)}=\r\n=C3=A9`],
  ])('writes %j as %j', (text, encoded) => {
    expect(quotedPrintable(text)).toBe(encoded);
  });
});
