import { z } from 'zod';

/** How grave a provision is, as the archive rates it. */
export const Severity = z.enum(['low', 'medium', 'high']);
export type Severity = z.infer<typeof Severity>;

/** 0 = not in force, 1 low, 2 medium, 3 high. */
export type Rank = 0 | 1 | 2 | 3;

const ranks = { low: 1, medium: 2, high: 3 } as const;
const severities = [null, 'low', 'medium', 'high'] as const;
const weights = [0, 1, 3, 9] as const;

export function rankOf(severity: Severity | null): Rank {
  return severity === null ? 0 : ranks[severity];
}

export function severityOf(rank: Rank): Severity | null {
  return severities[rank];
}

/** What one provision of this rank adds to the exposure of its document and entity: 0, 1, 3 or 9. */
export function exposureWeight(rank: Rank): number {
  return weights[rank];
}
