import { tierThatAllows, type Tier, type TierTerms } from '../domain/tiers.js';
import { Problem } from '../platform/http/problem.js';

/** A limit that a tier sets: its name, its value, and what the tier holds in words (`1 watchlist`). */
export type TierLimit = {
  name: 'watchlists' | 'follows' | 'destinations' | 'cadence';
  allowed: unknown;
  holds: string;
};

/**
 * The refusal of what a tier does not hold: it names the limit and the lowest tier that lifts it.
 *
 * @param lifts whether terms would allow what was asked for
 */
export function tierLimit(tier: Tier, limit: TierLimit, lifts: (terms: TierTerms) => boolean): Problem {
  const liftedBy = tierThatAllows(lifts);
  const remedy = liftedBy === null ? 'No tier holds more.' : `The ${liftedBy} tier lifts this limit.`;
  return new Problem(403, `The ${tier} tier holds ${limit.holds}. ${remedy}`, undefined, {
    limit: limit.name,
    allowed: limit.allowed,
    tier,
    liftedBy,
  });
}
