import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterLooks, neverSeen, unreachableSince, type Look } from '../../src/domain/sighting.js';

const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 0, minute));
const now = at(1_000);
const seen = (minute: number): Look => ({ at: at(minute), since: null, detail: null });
const missed = (minute: number, since = minute, detail: string | null = null): Look => ({
  at: at(minute),
  since: at(since),
  detail,
});

describe('what is known after looks at a document', () => {
  it('is the newest time that it was seen', () => {
    expect(afterLooks(neverSeen, [seen(5), seen(9), seen(7)], now).verifiedAt).toEqual(at(9));
  });

  it('is since when it is out of sight, and what was said of it last', () => {
    const known = afterLooks(neverSeen, [seen(5), missed(9, 9, 'first'), missed(12, 8, 'last')], now);
    expect(unreachableSince(known)).toEqual(at(8));
    expect(known.detail).toBe('last');
  });

  it('is in sight again once it was seen later, and at the same moment', () => {
    const lost = afterLooks(neverSeen, [missed(9)], now);
    expect(unreachableSince(lost)).toEqual(at(9));
    expect(unreachableSince(afterLooks(lost, [seen(8)], now))).toEqual(at(9));
    expect(unreachableSince(afterLooks(lost, [seen(9)], now))).toBeNull();
    expect(unreachableSince(afterLooks(lost, [seen(10)], now))).toBeNull();
  });

  it('begins anew after it was seen', () => {
    const again = afterLooks(afterLooks(neverSeen, [missed(3, 1)], now), [seen(5), missed(7)], now);
    expect(unreachableSince(again)).toEqual(at(7));
  });

  it('takes a time to come as now', () => {
    const known = afterLooks(neverSeen, [seen(5_000)], now);
    expect(known.verifiedAt).toEqual(now);
    expect(unreachableSince(afterLooks(neverSeen, [missed(5_000, 6_000)], now))).toEqual(now);
  });

  it('is the same in whatever order and batches they come, and when they come again', () => {
    const look = fc.record({ minute: fc.integer({ min: 0, max: 40 }), isSeen: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(look, { maxLength: 12 }).chain((looks) =>
          fc.record({
            looks: fc.constant(looks),
            shuffled: fc.shuffledSubarray(looks, { minLength: looks.length }),
            cut: fc.nat(12),
          }),
        ),
        ({ looks, shuffled, cut }) => {
          const of = (some: typeof looks) =>
            some.map(({ minute, isSeen }) => (isSeen ? seen(minute) : missed(minute)));
          const whole = afterLooks(neverSeen, of(looks), now);
          const parts = [shuffled.slice(0, cut), shuffled.slice(cut), shuffled.slice(0, cut)];
          const known = parts.reduce((before, part) => afterLooks(before, of(part), now), neverSeen);
          expect(known.verifiedAt).toEqual(whole.verifiedAt);
          expect(unreachableSince(known) === null).toBe(unreachableSince(whole) === null);
          // Where it was seen in between, which came later, it is at least not said to be out of sight since before.
          const since = unreachableSince(known);
          if (since && whole.verifiedAt)
            expect(since.getTime()).toBeGreaterThanOrEqual(whole.verifiedAt.getTime());
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
