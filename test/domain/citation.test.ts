import { describe, expect, it } from 'vitest';
import { citationLine } from '../../src/domain/citation.js';

const record = {
  archiveName: 'ConductAtlas Policy Archive',
  entity: 'Amazon',
  document: 'AWS Acceptable Use Policy',
  record: 'CA-P-002547',
};

describe('citationLine', () => {
  it('names record, capture and address in one line', () => {
    expect(
      citationLine({
        ...record,
        capturedAt: '2026-03-06T20:03:12Z',
        sha256: 'c61af89c19589f506fd3fc8bbb8010407f0052d2e845554c876b99cc2495d2ce',
        url: 'https://conductatlas.com/platform/amazon/',
      }),
    ).toBe(
      'ConductAtlas Policy Archive | Entity: Amazon | Document: AWS Acceptable Use Policy | Record: CA-P-002547' +
        ' | Captured: 2026-03-06 20:03:12 UTC | SHA-256: c61af89c19589f50… | URL: https://conductatlas.com/platform/amazon/',
    );
  });

  it('leaves out what the event lacks', () => {
    const bare =
      'ConductAtlas Policy Archive | Entity: Amazon | Document: AWS Acceptable Use Policy | Record: CA-P-002547';
    expect(citationLine(record)).toBe(bare);
    expect(citationLine({ ...record, capturedAt: null, sha256: null, url: null })).toBe(bare);
    expect(citationLine({ ...record, url: 'https://a.example' })).toBe(`${bare} | URL: https://a.example`);
  });

  it.each([
    ['2026-03-06T22:03:12+02:00', '2026-03-06 20:03:12 UTC'],
    ['2026-03-06T20:03:12.987654Z', '2026-03-06 20:03:12 UTC'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31 23:30:00 UTC'],
    ['2026-03-06T20:03Z', '2026-03-06 20:03:00 UTC'],
  ])('gives %s in UTC', (capturedAt, expected) => {
    expect(citationLine({ ...record, capturedAt })).toContain(`| Captured: ${expected}`);
  });

  it('writes the digest in lower case', () => {
    expect(citationLine({ ...record, sha256: 'AB'.repeat(32) })).toContain('| SHA-256: abababababababab…');
  });

  it('stays one line, whatever names and addresses hold', () => {
    const line = citationLine({
      archiveName: 'The\nArchive',
      entity: ' A\r\nB\u2028C ',
      document: 'D\tE',
      record: 'R-1',
      url: 'https://a.example/\nx',
    });
    expect(line).toBe(
      'The Archive | Entity: A B C | Document: D E | Record: R-1 | URL: https://a.example/ x',
    );
  });

  it('refuses what is no time', () => {
    expect(() => citationLine({ ...record, capturedAt: 'yesterday' })).toThrow(RangeError);
  });
});
