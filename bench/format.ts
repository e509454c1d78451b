const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `1,234,567` */
export function count(value: number): string {
  return whole.format(value);
}

/** A speed, such as `7,420/s`. */
export function perSecond(items: number, ms: number): string {
  return `${count((items * 1_000) / ms)}/s`;
}

/** A duration in the unit that suits it: `0.42 ms`, `38 ms`, `12.3 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(2)} ms`;
  return ms < 1_000 ? `${count(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function megabytes(bytes: number): string {
  return `${count(bytes / 1_000_000)} MB`;
}

export function kilobytes(bytes: number): string {
  return `${count(bytes / 1_000)} KB`;
}
