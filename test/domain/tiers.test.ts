import { describe, expect, it } from 'vitest';
import { Tier, tierThatAllows, tiers } from '../../src/domain/tiers.js';

describe('tiers', () => {
  it('hold what the contract says', () => {
    expect(Tier.options.map((tier) => [tier, tiers[tier].watchlists, tiers[tier].follows])).toEqual([
      ['free', 1, 3],
      ['watcher', 20, 250],
      ['professional', 200, 5_000],
    ]);
    expect(Tier.options.map((tier) => tiers[tier].destinations)).toEqual(['own-email', 'all', 'all']);
    expect(tiers.free.cadences).toEqual(['weekly']);
    expect(tiers.free.locked).toEqual(['regulatoryCitations', 'complianceMemo']);
    expect(tiers.watcher.locked).toEqual(['complianceMemo']);
    expect(tiers.professional.locked).toEqual([]);
  });

  it('never take away with a higher tier what a lower one held', () => {
    for (const [n, tier] of Tier.options.entries()) {
      const lower = Tier.options[n - 1];
      if (lower === undefined) continue;
      expect(tiers[tier].watchlists).toBeGreaterThan(tiers[lower].watchlists);
      expect(tiers[tier].follows).toBeGreaterThan(tiers[lower].follows);
      expect(tiers[tier].cadences).toEqual(expect.arrayContaining([...tiers[lower].cadences]));
      expect(tiers[lower].locked).toEqual(expect.arrayContaining([...tiers[tier].locked]));
    }
  });
});

describe('tierThatAllows', () => {
  it('names the lowest tier that lifts a limit', () => {
    expect(tierThatAllows((terms) => terms.follows > 3)).toBe('watcher');
    expect(tierThatAllows((terms) => terms.watchlists > 20)).toBe('professional');
    expect(tierThatAllows((terms) => !terms.locked.includes('complianceMemo'))).toBe('professional');
    expect(tierThatAllows(() => true)).toBe('free');
  });

  it('is null when no tier does', () => {
    expect(tierThatAllows((terms) => terms.follows > 5_000)).toBeNull();
  });
});
