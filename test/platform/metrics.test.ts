import fc from 'fast-check';
import { Histogram, Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Latest } from '../../src/platform/metrics/latest.js';
import { DeliveryMetrics } from '../../src/platform/metrics/lane-metrics.js';
import { BucketHistogram } from '../../src/platform/metrics/tallies.js';

describe('a histogram of buckets', () => {
  it('shows what that of prom-client shows', async () => {
    const is = { name: 'a_seconds', help: 'Some "help"', buckets: [0.1, 1, 10] };
    const lane = fc.constantFrom('email', 'webhook');
    const value = fc.oneof(fc.constantFrom(0, 0.1, 1, 10), fc.double({ min: 0, max: 20, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(lane, value)), async (observed) => {
        const [ours, theirs] = [new Registry(), new Registry()];
        const histogram = new BucketHistogram(ours, is);
        const children = new Map(['email', 'webhook'].map((name) => [name, histogram.child({ lane: name })]));
        const reference = new Histogram({ ...is, labelNames: ['lane'], registers: [theirs] });
        for (const name of children.keys()) reference.zero({ lane: name });
        for (const [name, seconds] of observed) {
          children.get(name)!.observe(seconds);
          reference.observe({ lane: name }, seconds);
        }
        const sorted = async (registry: Registry) =>
          (await registry.metrics()).split('\n').map(labelsSorted).toSorted();
        expect(await sorted(ours)).toEqual(await sorted(theirs));
      }),
    );
  });
});

/** `a{le="1",lane="x"} 2` and `a{lane="x",le="1"} 2` say the same. */
function labelsSorted(line: string): string {
  return line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').toSorted().join(',')}}`);
}

describe('what became of deliveries', () => {
  it.each([
    ['delivered', { state: 'delivered', outcome: 'delivered', ms: 20 }, true, 'delivered'],
    ['due again after a failure', { state: 'due', outcome: 'retry', ms: 20 }, true, 'due'],
    ['put off without an attempt', { state: 'due', outcome: null, ms: 0 }, true, 'set_aside'],
    ['cancelled', { state: 'cancelled', outcome: null, ms: 0 }, true, 'cancelled'],
    [
      'sent under a lease that was lost',
      { state: 'delivered', outcome: 'delivered', ms: 20 },
      false,
      'lease_lost',
    ],
  ] as const)('is counted once: %s', async (_what, ended, held, state) => {
    const registry = new Registry();
    const metrics = new DeliveryMetrics(registry, ['email']);
    expect(metrics.lane('webhook').ended(ended, held)).toBe(state);
    const text = await registry.metrics();
    const counted = text.match(/^tocsin_deliveries_total\{.*\} [1-9]/gm);
    expect(counted).toEqual([`tocsin_deliveries_total{lane="webhook",state="${state}"} 1`]);
    const attempts = ended.outcome === null ? 0 : 1;
    expect(text).toContain(`tocsin_attempt_seconds_count{lane="webhook"} ${attempts}`);
    // Read twice, it says the same.
    expect(await registry.metrics()).toBe(text);
  });
});

describe('the latest answer', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('is asked for once by those who ask together or soon after', async () => {
    let asked = 0;
    const ask = async () => Promise.resolve(++asked);
    const latest = new Latest(ask);
    expect(await Promise.all([latest.read(), latest.read()])).toEqual([1, 1]);
    vi.advanceTimersByTime(4_999);
    expect(await latest.read()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await latest.read()).toBe(2);
  });

  it('is not waited for too long, nor asked for again meanwhile', async () => {
    let answer: (value: string) => void = () => undefined;
    const ask = vi.fn<() => Promise<string>>(async () => new Promise((resolve) => (answer = resolve)));
    const latest = new Latest(ask);
    for (let scrape = 0; scrape < 3; scrape++) {
      const read = latest.read();
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await read).toBeNull();
      vi.advanceTimersByTime(60_000);
    }
    expect(ask).toHaveBeenCalledTimes(1);
    answer('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(await latest.read()).toBe('late');
  });

  it('is none after a failure, and asked for again', async () => {
    const ask = vi.fn<() => Promise<string>>(async () => Promise.resolve('fine'));
    ask.mockRejectedValueOnce(new Error('the database went away'));
    const latest = new Latest(ask);
    expect(await latest.read()).toBeNull();
    vi.advanceTimersByTime(5_000);
    expect(await latest.read()).toBe('fine');
  });
});
