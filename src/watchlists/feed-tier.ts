import { tierLimit } from '../accounts/tier-limit.js';
import { tiers, type Tier } from '../domain/tiers.js';

/**
 * A feed tells of every change at once, so it goes with the tiers that hold every channel.
 *
 * @throws Problem 403 when the tier does not
 */
export function requireFeeds(tier: Tier): void {
  const allowed = tiers[tier].destinations;
  if (allowed === 'all') return;
  throw tierLimit(
    tier,
    { name: 'destinations', allowed, holds: 'no feeds' },
    (terms) => terms.destinations === 'all',
  );
}
