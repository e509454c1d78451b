import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadline } from '../../../src/platform/outbound/deadline.js';

const limitMs = 64_000;

describe('deadline', () => {
  let stop: AbortController;

  beforeEach(() => {
    vi.useFakeTimers();
    stop = new AbortController();
  });
  afterEach(() => void vi.useRealTimers());

  it('aborts when time ran out', () => {
    const { signal } = deadline(limitMs, stop.signal);
    vi.advanceTimersByTime(limitMs - 1);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({ code: 'ERR_DEADLINE' });
  });

  it('is shared by those that begin together, and never comes too late for one of them', () => {
    const first = deadline(limitMs, stop.signal);
    vi.advanceTimersByTime(999);
    const second = deadline(limitMs, stop.signal);
    expect(second.signal).toBe(first.signal);
    vi.advanceTimersByTime(1);
    const third = deadline(limitMs, stop.signal);
    expect(third.signal).not.toBe(first.signal);
    vi.advanceTimersByTime(limitMs - 1_000);
    expect([second.signal.aborted, third.signal.aborted]).toEqual([true, false]);
    vi.advanceTimersByTime(1_000);
    expect(third.signal.aborted).toBe(true);
  });

  it('is not shared by those that have another time, or another one to stop them', () => {
    const { signal } = deadline(limitMs, stop.signal);
    expect(deadline(limitMs, new AbortController().signal).signal).not.toBe(signal);
    expect(deadline(limitMs + 1, stop.signal).signal).not.toBe(signal);
  });

  it('aborts as soon as the caller stops, or has stopped before', () => {
    const { signal } = deadline(limitMs, stop.signal);
    stop.abort();
    expect(signal.reason).toMatchObject({ code: 'ERR_STOPPED' });
    for (const stopped of [stop.signal, AbortSignal.abort()]) {
      expect(deadline(limitMs, stopped).signal.reason).toMatchObject({ code: 'ERR_STOPPED' });
    }
  });

  it('leaves neither timer nor listener behind once all have cleared it, however often', () => {
    const [one, other] = [deadline(limitMs, stop.signal), deadline(limitMs, stop.signal)];
    one.clear();
    one.clear();
    expect(vi.getTimerCount()).toBe(1);
    other.clear();
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it('works anew for who begins after all have cleared it', () => {
    deadline(limitMs, stop.signal).clear();
    const { signal } = deadline(limitMs, stop.signal);
    vi.advanceTimersByTime(limitMs);
    expect(signal.reason).toMatchObject({ code: 'ERR_DEADLINE' });
  });

  it('may be asked for by hundreds at different times, without a warning', async () => {
    vi.useRealTimers();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    const limits = Array.from({ length: 300 }, (_, index) => deadline(15_000 + index, stop.signal));
    for (const limit of limits) limit.clear();
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});
