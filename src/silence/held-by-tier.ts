import { tiers, type Tier } from '../domain/tiers.js';
import type { HeldByTier } from './judged-change.store.js';

/** What of a tier decides whether something is told. */
export function heldBy(tier: Tier): HeldByTier {
  const { cadences, destinations } = tiers[tier];
  return { cadences, everyChannel: destinations === 'all' };
}
