import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DispatchQueue, type Ready } from '../../src/deliveries/dispatch-queue.js';

let queue: DispatchQueue;
beforeEach(() => {
  queue = new DispatchQueue({ share: { first: 2, most: 2 }, mostParked: 3, lowWater: 10 });
});

let made = 0;
const ready = (endpoint: string, bulk = false) =>
  ({ delivery: { id: String(++made) }, parcel: { bulk }, endpoint }) as unknown as Ready;
const add = (...some: Ready[]) => {
  for (const one of some) queue.add(one);
  return some;
};
/** All that may go now. */
const taken = () => {
  const all: Ready[] = [];
  for (let { ready: one } = queue.next(); one !== null; { ready: one } = queue.next()) all.push(one);
  return all;
};

describe('the queue', () => {
  it('gives out what came first, and small alerts before the bulk', () => {
    const bulk = add(ready('a', true), ready('b', true));
    const fresh = add(ready('c'), ready('d'));
    expect([queue.waiting(false), queue.waiting(true)]).toEqual([2, 2]);
    expect(taken()).toEqual([...fresh, ...bulk]);
    expect(queue.isEmpty).toBe(true);
  });

  it('parks what is over the share of its endpoint, and lets the others pass', () => {
    const [first, second, third, fourth] = add(ready('slow'), ready('slow'), ready('slow'), ready('slow'));
    const other = add(ready('quick'));
    expect(taken()).toEqual([first, second, ...other]);
    expect([queue.waiting(false), queue.isEmpty]).toEqual([0, false]);
    queue.finished(first!, true);
    const later = add(ready('quick'));
    // Whoever waited longest goes first.
    expect(taken()).toEqual([third, ...later]);
    queue.finished(second!, true);
    expect(taken()).toEqual([fourth]);
    expect(queue.isEmpty).toBe(true);
  });

  it('gives back what finds no place to be parked', () => {
    const all = add(...Array.from({ length: 7 }, () => ready('slow')));
    expect(queue.next()).toEqual({ ready: all[0], setAside: [] });
    expect(queue.next()).toEqual({ ready: all[1], setAside: [] });
    expect(queue.next()).toEqual({ ready: null, setAside: all.slice(5) });
    queue.finished(all[0]!, true);
    expect(taken()).toEqual([all[2]]);
    // There is a place again.
    add(ready('slow'));
    expect(queue.next()).toEqual({ ready: null, setAside: [] });
  });

  it('empties whole, parked ones too', () => {
    const all = add(ready('slow'), ready('slow'), ready('slow'), ready('quick', true));
    expect(taken()).toHaveLength(3);
    const [more] = add(ready('other'));
    expect(queue.clear()).toEqual([more, all[2]]);
    expect(queue.isEmpty).toBe(true);
    expect(taken()).toEqual([]);
  });

  it('gives out each once or sets it aside, and never more of an endpoint than its share', () => {
    const result = fc.check(
      fc.property(
        fc.array(fc.record({ endpoint: fc.constantFrom('a', 'b', 'c'), bulk: fc.boolean() }), {
          maxLength: 60,
        }),
        fc.infiniteStream(fc.nat()),
        (wanted, random) => {
          const small = new DispatchQueue({ share: { first: 2, most: 2 }, mostParked: 4, lowWater: 10 });
          const waiting = wanted.map(({ endpoint, bulk }) => ready(endpoint, bulk));
          const active: Ready[] = [];
          const seen: Ready[] = [];
          const added = new Set<Ready>();
          const pick = (below: number) => (random.next().value as number) % below;
          while (seen.length < waiting.length || active.length > 0) {
            const next = waiting.find((one) => !added.has(one));
            if (next && pick(2) === 0) {
              small.add(next);
              added.add(next);
            }
            const { ready: one, setAside } = small.next();
            seen.push(...setAside);
            if (one) {
              seen.push(one);
              active.push(one);
            }
            for (const endpoint of ['a', 'b', 'c']) {
              if (active.filter((other) => other.endpoint === endpoint).length > 2) return false;
            }
            if (active.length > 0 && pick(2) === 0) {
              const [ended] = active.splice(pick(active.length), 1);
              if (ended) small.finished(ended, true);
            }
          }
          return new Set(seen).size === waiting.length && small.isEmpty;
        },
      ),
      { numRuns: 200 },
    );
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
  });
});
