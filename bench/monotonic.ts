/** Milliseconds of the machine's steady clock. Processes share it, so a time of one may be subtracted from another's. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
