import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockBytes, hmacSha256 } from '../../src/platform/hmac-sha256.js';

const room = Buffer.alloc(blockBytes, 'x');

describe('hmacSha256', () => {
  it('gives to the bit what the library gives, for keys of every length', () => {
    const upTo = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(upTo(200), upTo(2_000), (key, text) => {
        const expected = createHmac('sha256', key).update(text).digest();
        const [inBase64, bytes] = [Buffer.concat([room, text]), Buffer.concat([room, text])];
        expect(hmacSha256(key, inBase64, 'base64')).toBe(expected.toString('base64'));
        expect(hmacSha256(key, bytes, 'binary')).toBe(expected.toString('binary'));
      }),
      { examples: [0, 63, 64, 65].map((length) => [Buffer.alloc(length, 'k'), Buffer.of()]) },
    );
  });

  it('leaves the text as it was, the key too, and nothing of the key before the text', () => {
    const [key, text] = [Buffer.alloc(32, 'k'), Buffer.concat([room, Buffer.from('the text')])];
    hmacSha256(key, text, 'base64');
    expect(key).toEqual(Buffer.alloc(32, 'k'));
    expect(text).toEqual(Buffer.concat([Buffer.alloc(blockBytes), Buffer.from('the text')]));
  });
});
