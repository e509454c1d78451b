import { describe, expect, it } from 'vitest';
import { RecentlyOpened } from '../../src/channels/recently-opened.js';

const sealed = (text: string) => Buffer.from(text);

/** Looks up, and tells whether it had to open. */
function lookup(recent: RecentlyOpened<number, string>, key: number, bytes = 'sealed'): [string, boolean] {
  let isOpened = false;
  const opened = recent.get(key, sealed(bytes), () => {
    isOpened = true;
    return `${key} of ${bytes}`;
  });
  return [opened, isOpened];
}

/** The same three times: what is opened the second time is kept. */
function keep(recent: RecentlyOpened<number, string>, key: number, bytes = 'sealed'): boolean[] {
  return [1, 2, 3].map(() => lookup(recent, key, bytes)[1]);
}

describe('RecentlyOpened', () => {
  it('opens the same bytes of the same place twice, and then no more', () => {
    const recent = new RecentlyOpened<number, string>(10);
    expect(keep(recent, 1)).toEqual([true, true, false]);
    expect(lookup(recent, 1)).toEqual(['1 of sealed', false]);
  });

  it('keeps nothing that was opened once, so as not to drop for it what is used again', () => {
    const recent = new RecentlyOpened<number, string>(10);
    keep(recent, 0, 'used');
    for (let key = 1; key < 1_000; key++) lookup(recent, key, `once ${key}`);
    expect(lookup(recent, 0, 'used')).toEqual(['0 of used', false]);
  });

  it('opens other bytes of the same place, and the same bytes of another place', () => {
    const recent = new RecentlyOpened<number, string>(10);
    keep(recent, 1);
    expect(keep(recent, 1, 'other')).toEqual([true, true, false]);
    expect(lookup(recent, 1)).toEqual(['1 of sealed', true]);
    expect(lookup(recent, 2)).toEqual(['2 of sealed', true]);
  });

  it('does not take what was opened long ago for what other bytes hold', () => {
    const recent = new RecentlyOpened<number, string>(2);
    for (const key of [1, 2]) keep(recent, key);
    expect(keep(recent, 1, 'other')).toEqual([true, true, false]);
    expect(lookup(recent, 1, 'other')).toEqual(['1 of other', false]);
  });

  it('tells bytes apart that end alike, and bytes that are no text', () => {
    const recent = new RecentlyOpened<number, number>(10);
    for (const _ of [1, 2, 3]) {
      const values = [0x80, 0x81, 0xff].map((byte) => recent.get(1, Buffer.of(byte, 1, 1, 1, 1), () => byte));
      expect(values).toEqual([0x80, 0x81, 0xff]);
    }
  });

  it('knows what was used last, and forgets what was not used for long', () => {
    const recent = new RecentlyOpened<number, string>(10);
    for (let key = 0; key < 100; key++) {
      keep(recent, key);
      lookup(recent, 0);
    }
    const known = Array.from({ length: 100 }, (_, key) => key).filter((key) => !lookup(recent, key)[1]);
    expect(known).toContain(0);
    expect(known.length).toBeLessThanOrEqual(20);
  });

  it('has the last of as many as it is to hold', () => {
    const recent = new RecentlyOpened<number, string>(10);
    for (let key = 0; key < 95; key++) keep(recent, key);
    for (let key = 94; key >= 85; key--) expect(lookup(recent, key)).toEqual([`${key} of sealed`, false]);
  });

  it('keeps nothing of what does not open, be it ever so short', () => {
    const recent = new RecentlyOpened<number, string>(10);
    const broken = () => {
      throw new Error('broken');
    };
    for (const bytes of ['', 'abc', 'sealed']) {
      for (const _ of [1, 2, 3]) expect(() => recent.get(1, sealed(bytes), broken)).toThrow('broken');
    }
  });
});
