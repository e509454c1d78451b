import { z } from 'zod';
import { rankOf, Severity, severityOf, type Rank } from './severity.js';

/** Every kind of change; `cosmetic` changes rank nor words. */
export const ChangeKind = z.enum(['introduced', 'withdrawn', 'escalated', 'eased', 'reworded', 'cosmetic']);
export type ChangeKind = z.infer<typeof ChangeKind>;

export const SeverityDelta = z.object({
  kind: ChangeKind,
  before: Severity.nullable(),
  after: Severity.nullable(),
  change: z.int().min(-3).max(3),
  direction: z.enum(['rise', 'fall', 'same']),
});

/** How severity moved. `change` = rank after − rank before; `null` = not in force. */
export type SeverityDelta = z.infer<typeof SeverityDelta>;

/**
 * @param wordsMatch whether both texts say the same words (see `sameWords`); asked only when the rank stays
 * @throws RangeError when the provision is in force on neither side: that is no change
 */
export function severityDelta(
  before: Severity | null,
  after: Severity | null,
  wordsMatch: boolean,
): SeverityDelta {
  if (before === null && after === null) throw new RangeError('a change needs a side that is in force');
  return deltaOf(changeKind(before, after, wordsMatch), before, after);
}

function deltaOf(kind: ChangeKind, before: Severity | null, after: Severity | null): SeverityDelta {
  const change = rankOf(after) - rankOf(before);
  return { kind, before, after, change, direction: change > 0 ? 'rise' : change < 0 ? 'fall' : 'same' };
}

function changeKind(before: Severity | null, after: Severity | null, wordsMatch: boolean): ChangeKind {
  if (before === null) return 'introduced';
  if (after === null) return 'withdrawn';
  const change = rankOf(after) - rankOf(before);
  if (change !== 0) return change > 0 ? 'escalated' : 'eased';
  return wordsMatch ? 'cosmetic' : 'reworded';
}

/** The delta of a change that was judged before, out of what is kept of it. */
export function deltaOfRanks(kind: ChangeKind, before: Rank, after: Rank): SeverityDelta {
  return deltaOf(kind, severityOf(before), severityOf(after));
}
