import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readCapped } from '../../../src/platform/outbound/read-capped.js';

function* breakingOff() {
  yield Buffer.from('so far');
  throw new Error('reset');
}

describe('readCapped', () => {
  it('reads a short body whole', async () => {
    const body = Readable.from([Buffer.from('al'), Buffer.from('l')]);
    expect((await readCapped(body, 100)).toString()).toBe('all');
  });

  it('reads no more than the cap of an endless body, and drops the stream', async () => {
    let produced = 0;
    const body = new Readable({
      read() {
        produced += 1_000;
        this.push(Buffer.alloc(1_000, 'x'));
      },
    });
    expect(await readCapped(body, 2_500)).toHaveLength(2_500);
    expect(body.destroyed).toBe(true);
    expect(produced).toBeLessThan(200_000);
  });

  it('gives what came of a body that breaks off', async () => {
    expect((await readCapped(Readable.from(breakingOff()), 100)).toString()).toBe('so far');
  });
});
