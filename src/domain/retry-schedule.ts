/** Longest wait that a receiver can ask for, in seconds: a day. */
const longestAskedSeconds = 86_400;

/** A wait of the schedule varies by this much either way, so that a receiver that comes back is not met by all at once. */
const spread = 0.2;

/**
 * How long to wait after a failed attempt, in milliseconds.
 *
 * @param attempt how many attempts have failed, from 1
 * @param schedule waits between attempts, in seconds
 * @param random from 0 up to, not including, 1
 * @param askedSeconds wait that the receiver asked for: honoured up to a day, and never shortens the schedule's own
 * @returns null when the schedule is over: there is no further attempt, whatever the receiver asks
 * @throws RangeError when there was no attempt
 */
export function retryDelayMs(
  attempt: number,
  schedule: readonly number[],
  random: number,
  askedSeconds = 0,
): number | null {
  if (!Number.isSafeInteger(attempt) || attempt < 1) throw new RangeError('attempts are counted from 1');
  const seconds = schedule[attempt - 1];
  if (seconds === undefined) return null;
  const varied = seconds * (1 - spread + 2 * spread * random);
  return Math.round(1_000 * Math.max(varied, Math.min(askedSeconds, longestAskedSeconds)));
}
