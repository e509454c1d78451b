import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadline } from '../../../src/platform/outbound/deadline.js';

describe('deadline', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('aborts when time ran out', () => {
    const { signal } = deadline(15_000, new AbortController().signal);
    vi.advanceTimersByTime(14_999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({ code: 'ERR_DEADLINE' });
  });

  it('aborts as soon as the caller stops, or has stopped before', () => {
    const stop = new AbortController();
    const { signal } = deadline(15_000, stop.signal);
    stop.abort();
    expect(signal.reason).toMatchObject({ code: 'ERR_STOPPED' });
    expect(deadline(15_000, stop.signal).signal.reason).toMatchObject({ code: 'ERR_STOPPED' });
  });

  it('leaves neither timer nor listener behind once cleared', () => {
    const stop = new AbortController();
    const limit = deadline(15_000, stop.signal);
    limit.clear();
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it('may be asked for by hundreds of requests that share a signal, without a warning', async () => {
    vi.useRealTimers();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    const stop = new AbortController();
    const limits = Array.from({ length: 300 }, () => deadline(15_000, stop.signal));
    for (const limit of limits) limit.clear();
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});
