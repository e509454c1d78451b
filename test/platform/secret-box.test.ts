import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenSealError, secretBox } from '../../src/platform/secret-box.js';

const box = secretBox('a key of the tests, long enough for them');
const context = 'destination:42';

describe('secretBox', () => {
  it('opens what it sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, place) => {
        expect(box.open(box.seal(plain, place), place)).toBe(plain);
      }),
    );
  });

  it('opens what another process with the same key sealed', () => {
    const other = secretBox('a key of the tests, long enough for them');
    expect(other.open(box.seal('whsec_abc', context), context)).toBe('whsec_abc');
  });

  it('seals the same secret differently each time, and never in plain sight', () => {
    const sealed = [1, 2].map(() => box.seal('xoxb-secret', context));
    expect(sealed[0]).not.toEqual(sealed[1]);
    expect(sealed[0]?.includes('xoxb-secret')).toBe(false);
  });

  it('does not open a value that was moved to another row', () => {
    const sealed = box.seal('xoxb-secret', context);
    expect(() => box.open(sealed, 'destination:43')).toThrow(BrokenSealError);
  });

  it('names the remedy when SECRET_KEY has changed, and nothing of the secret', () => {
    const sealed = secretBox('another key altogether, as long as it').seal('xoxb-secret', context);
    expect(() => box.open(sealed, context)).toThrow(/destination:42.*SECRET_KEY differs/);
    expect(() => box.open(sealed, context)).not.toThrow(/xoxb/);
  });

  it('does not open a value of which any one bit was flipped', () => {
    const sealed = box.seal('xoxb-secret', context);
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const altered = Buffer.from(sealed);
        altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(() => box.open(altered, context)).toThrow(BrokenSealError);
      }),
    );
  });

  it('does not open a value that was cut', () => {
    const sealed = box.seal('xoxb-secret', context);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), (length) => {
        expect(() => box.open(sealed.subarray(0, length), context)).toThrow(BrokenSealError);
      }),
    );
  });
});
