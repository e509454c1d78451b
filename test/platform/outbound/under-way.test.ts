import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GivenUpError } from '../../../src/platform/outbound/given-up-error.js';
import { UnderWay } from '../../../src/platform/outbound/under-way.js';

const limitMs = 15_000;

/** An attempt that notes when and why it was given up. */
function attempt() {
  const given: { code: GivenUpError['code']; atMs: number }[] = [];
  return { given, giveUp: ({ code }: GivenUpError) => void given.push({ code, atMs: performance.now() }) };
}

describe('UnderWay', () => {
  let underWay: UnderWay;
  let stop: AbortController;

  beforeEach(() => {
    vi.useFakeTimers();
    underWay = new UnderWay(limitMs);
    stop = new AbortController();
  });
  afterEach(() => void vi.useRealTimers());

  it('gives each up when its own time is up, and not before', () => {
    const startedAt = performance.now();
    const attempts = Array.from({ length: 100 }, () => {
      const one = attempt();
      underWay.begin(one, stop.signal);
      vi.advanceTimersByTime(90);
      return one;
    });
    vi.advanceTimersByTime(limitMs);
    for (const [index, { given }] of attempts.entries()) {
      expect(given).toEqual([{ code: 'ERR_DEADLINE', atMs: startedAt + index * 90 + limitMs }]);
    }
  });

  it('leaves alone what has ended', () => {
    const [ended, other] = [attempt(), attempt()];
    underWay.begin(ended, stop.signal);
    underWay.begin(other, stop.signal);
    underWay.end(ended, stop.signal);
    vi.advanceTimersByTime(limitMs);
    stop.abort();
    expect(ended.given).toEqual([]);
    expect(other.given).toMatchObject([{ code: 'ERR_DEADLINE' }]);
  });

  it('gives up at once all that share a signal when it aborts, and no others', () => {
    const [one, two, other] = [attempt(), attempt(), attempt()];
    underWay.begin(one, stop.signal);
    underWay.begin(two, stop.signal);
    underWay.begin(other, new AbortController().signal);
    stop.abort();
    for (const { given } of [one, two]) expect(given).toMatchObject([{ code: 'ERR_STOPPED' }]);
    expect(other.given).toEqual([]);
  });

  it('gives up at once what begins after its signal has aborted', () => {
    stop.abort();
    const late = attempt();
    underWay.begin(late, stop.signal);
    expect(late.given).toMatchObject([{ code: 'ERR_STOPPED' }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('holds one timer and one listener while anything is under way, and none after', () => {
    for (const round of [1, 2]) {
      const attempts = Array.from({ length: 300 }, attempt);
      for (const one of attempts) underWay.begin(one, stop.signal);
      expect([round, vi.getTimerCount(), getEventListeners(stop.signal, 'abort').length]).toEqual([
        round,
        1,
        1,
      ]);
      for (const one of attempts) underWay.end(one, stop.signal);
      expect([round, vi.getTimerCount(), getEventListeners(stop.signal, 'abort').length]).toEqual([
        round,
        0,
        0,
      ]);
    }
  });

  it('gives up what begins while others are given up', () => {
    const next = attempt();
    underWay.begin({ giveUp: () => underWay.begin(next, stop.signal) }, stop.signal);
    vi.advanceTimersByTime(limitMs);
    expect(next.given).toEqual([]);
    vi.advanceTimersByTime(limitMs);
    expect(next.given).toMatchObject([{ code: 'ERR_DEADLINE' }]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
