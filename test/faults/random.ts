import { randomInt } from 'node:crypto';
import { onTestFailed } from 'vitest';

/** Random numbers that come again with the same seed. */
export type Random = {
  readonly seed: number;
  /** From `least` (inclusive) to `most` (exclusive). */
  between(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
};

/**
 * For one test, whose table names the seed, as its failure does. `FAULTS_SEED=n` brings back the choices of an earlier run;
 * what the machine makes of them differs by its load.
 */
export function newRandom(): Random {
  const given = Number(process.env['FAULTS_SEED']);
  const seed = Number.isInteger(given) && given > 0 ? given : randomInt(1, 1_000_000);
  onTestFailed(() => void process.stdout.write(`\nwhat was random came of FAULTS_SEED=${seed}\n`));
  let state = seed;
  // mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + next() * (most - least);
  return {
    seed,
    between,
    pick: (items) => {
      const item = items[Math.floor(between(0, items.length))];
      if (item === undefined) throw new RangeError('there is nothing to pick from');
      return item;
    },
  };
}
