/** Maps values to places, both as numbers. */
export type Scale = (value: number) => number;

/** A straight line through two points. A domain without extent maps all of it to the beginning of the range. */
export function linearScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): Scale {
  if (high === low) return () => from;
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/**
 * Round numbers to mark an axis of whole numbers that begins at 0: steps of 1, 2 or 5 times a power of ten, the last of them at or
 * above the greatest value, so that it can be the top of the chart.
 *
 * @param greatest 0 or more @param most how many steps there may be, 1 or more
 * @returns from 0 on; 0 and 1 where there is nothing
 */
export function niceTicks(greatest: number, most = 4): number[] {
  const least = Math.max(1, greatest) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= least) ?? 10 * power);
  const count = Math.max(1, Math.ceil(greatest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** A place along the width of a chart, as SVG takes it: charts are as wide as the page lets them be. */
export function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000}%`;
}
