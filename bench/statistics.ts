/** What several runs of one measurement came to. */
export type Spread = { median: number; least: number; most: number };

/** @throws RangeError when there are no values */
export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), least: quantile(values, 0), most: quantile(values, 1) };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The value below which a share of the others lies; between two of them, in proportion.
 *
 * @param share from 0 (the least) to 1 (the most)
 * @throws RangeError when there are no values
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new RangeError('no values to take a quantile of');
  return below + (above - below) * (place - Math.floor(place));
}

/** How much larger the largest is than the least: 1 = all alike. @throws RangeError when there are no values */
export function unevenness(values: readonly number[]): number {
  const { least, most } = spreadOf(values);
  return most / least;
}

/**
 * How a series went from its first third to its last, as medians, so that one spike counts for nothing.
 *
 * @throws RangeError on fewer than three values
 */
export function growth(series: readonly number[]): { first: number; last: number; share: number } {
  const third = Math.floor(series.length / 3);
  const first = median(series.slice(0, third));
  const last = median(series.slice(-third));
  return { first, last, share: last / first - 1 };
}
