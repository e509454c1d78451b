import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { firstBytes } from '../../src/suppressions/mail-body.js';

it('keeps the first bytes of a stream, and reads it to its end', async () => {
  const chunks = ['abc', 'def', 'ghi', 'jkl'].map((text) => Buffer.from(text));
  for (const [most, kept] of [
    [0, ''],
    [2, 'ab'],
    [3, 'abc'],
    [7, 'abcdefg'],
    [100, 'abcdefghijkl'],
  ] as const) {
    const stream = Readable.from(chunks);
    expect((await firstBytes(stream, most)).toString()).toBe(kept);
    expect(stream.readableEnded, `${most}`).toBe(true);
  }
});

it('is broken off when its stream is', async () => {
  const stream = Readable.from(
    (async function* () {
      yield Buffer.from('abc');
      throw new Error('cut');
    })(),
  );
  await expect(firstBytes(stream, 2)).rejects.toThrow('cut');
});
