/** An endpoint that failed so often in a row is let alone. */
export const failuresToOpen = 5;

const firstPauseMs = 30_000;
const longestPauseMs = 600_000;

/** A pause varies by this much either way, so that endpoints that fell silent together are not probed together. */
const spread = 0.2;

/**
 * How long an endpoint that does not answer is let alone before one delivery probes it, in milliseconds: half a minute,
 * doubled by each probe that failed, up to ten minutes.
 *
 * @param failures in a row, the probes among them
 * @param random from 0 up to, not including, 1
 * @throws RangeError when there were too few failures for a pause
 */
export function breakerPauseMs(failures: number, random: number): number {
  if (!(failures >= failuresToOpen)) throw new RangeError(`${failuresToOpen} failures in a row make a pause`);
  const planned = Math.min(firstPauseMs * 2 ** (failures - failuresToOpen), longestPauseMs);
  return Math.round(planned * (1 - spread + 2 * spread * random));
}
