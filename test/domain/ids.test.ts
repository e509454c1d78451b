import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveId, parseRowId, Slug } from '../../src/domain/ids.js';

describe('ArchiveId', () => {
  it.each(['a', 'CA-P-002547', 'https://conductatlas.com/archive', 'Ω 1', 'x'.repeat(200)])(
    'takes %j',
    (id) => {
      expect(ArchiveId.parse(id)).toBe(id);
    },
  );

  it.each(['', 'x'.repeat(201), 'a\nb', 'a\u0000', '\u007F', 'a\u0085', 'a\u2028b', '\uD800', 5, null])(
    'refuses %j',
    (id) => {
      expect(ArchiveId.safeParse(id).success).toBe(false);
    },
  );

  it('takes no text that holds a control character', () => {
    const control = fc.constantFrom(
      ...Array.from({ length: 32 }, (_, code) => String.fromCodePoint(code)),
      '\u009F',
    );
    fc.assert(
      fc.property(fc.string(), control, fc.string(), (before, sign, after) => {
        expect(ArchiveId.safeParse(before + sign + after).success).toBe(false);
      }),
    );
  });
});

describe('Slug', () => {
  it.each(['liability', 'acceptable-use', 'gdpr_art.6', '2fa'])('takes %j', (slug) => {
    expect(Slug.parse(slug)).toBe(slug);
  });

  it.each(['', 'Liability', '-a', 'a-', 'a--b', 'a b', 'ä', 'a'.repeat(201)])('refuses %j', (slug) => {
    expect(Slug.safeParse(slug).success).toBe(false);
  });
});

describe('parseRowId', () => {
  it('takes every positive bigint', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (id) => {
        expect(parseRowId(String(id))).toBe(String(id));
      }),
    );
  });

  it.each(['0', '-1', '01', '1.0', '1e3', '', ' 1', '1\n', '9223372036854775808', '١', 'abc'])(
    'knows that %j can be no row',
    (text) => {
      expect(parseRowId(text)).toBeNull();
    },
  );
});
