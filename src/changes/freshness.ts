/** What came in longer ago is told anew to nobody but those who heard of it. */
const freshMs = 7 * 86_400_000;

export function freshSince(now: Date): Date {
  return new Date(now.getTime() - freshMs);
}
