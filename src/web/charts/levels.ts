/** A value from one place of a series until another, that one excluded. */
export type Level = { from: number; until: number; value: number };

/** The pieces of a series in which it holds one value: each as long as can be. */
export function levels(values: readonly number[]): Level[] {
  const found: Level[] = [];
  for (const [index, value] of values.entries()) {
    const last = found.at(-1);
    if (last?.value === value) last.until = index + 1;
    else found.push({ from: index, until: index + 1, value });
  }
  return found;
}
