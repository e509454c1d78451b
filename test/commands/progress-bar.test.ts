import type { WriteStream } from 'node:tty';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgressBar } from '../../src/commands/progress-bar.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** A stream that keeps what is written to it. */
function stream(isTTY: boolean) {
  const written: string[] = [];
  const out = { isTTY, write: (text: string) => written.push(text) > 0 } as unknown as WriteStream;
  return { out, written };
}

describe('a progress bar', () => {
  it('draws over itself, and ends full on a line of its own', () => {
    const { out, written } = stream(true);
    const bar = new ProgressBar(out, 1_000);
    bar.advance(500, 3);
    bar.finish();
    expect(written).toEqual([
      `\r${'█'.repeat(15)}${'░'.repeat(15)}  50 %  3 events`,
      `\r${'█'.repeat(30)} 100 %  3 events`,
      '\n',
    ]);
  });

  it('draws ten times a second at most, however fast it goes', () => {
    const { out, written } = stream(true);
    const bar = new ProgressBar(out, 1_000);
    for (let n = 0; n < 300; n++) {
      bar.advance(1, n);
      vi.setSystemTime(Date.now() + 1);
    }
    expect(written).toHaveLength(3);
  });

  it('counts events where nobody knows how many bytes there are', () => {
    const { out, written } = stream(true);
    const bar = new ProgressBar(out, null);
    bar.advance(500, 3);
    bar.finish();
    expect(written).toEqual(['\r3 events', '\r3 events', '\n']);
  });

  it('never passes the end, and is full for an empty file', () => {
    const { out, written } = stream(true);
    new ProgressBar(out, 10).advance(11, 1);
    new ProgressBar(out, 0).finish();
    expect(written.filter((text) => text.includes('100 %'))).toHaveLength(2);
  });

  it('writes nothing where there is no terminal', () => {
    const { out, written } = stream(false);
    const bar = new ProgressBar(out, 1_000);
    bar.advance(500, 3);
    bar.finish();
    expect(written).toEqual([]);
  });
});
