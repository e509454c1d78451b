import type { Analysis } from './provision-event.js';
import { lockableParts, tiers, type LockablePart, type Tier } from './tiers.js';

/**
 * Cuts an analysis to what a tier holds. A locked part is left out, and named only when there is something in it: nobody
 * is promised a memo that was never written.
 *
 * @param tier null for the operator, who sees all
 */
export function analysisForTier(
  analysis: Analysis | null,
  tier: Tier | null,
): { analysis: Analysis | null; locked: LockablePart[] } {
  if (analysis === null || tier === null) return { analysis, locked: [] };
  const shown = { ...analysis };
  for (const part of tiers[tier].locked) delete shown[part];
  const locked = lockableParts.filter((part) => tiers[tier].locked.includes(part) && says(analysis[part]));
  return { analysis: shown, locked };
}

function says(part: Analysis[LockablePart]): boolean {
  return typeof part === 'string' ? part.trim() !== '' : part !== undefined && part.length > 0;
}
