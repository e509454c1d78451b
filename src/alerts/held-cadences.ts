import { Tier, tiers } from '../domain/tiers.js';
import type { HeldCadences } from './gather.store.js';

/** Which tier holds which cadence. */
export const heldCadences: HeldCadences = Tier.options.flatMap((tier) =>
  tiers[tier].cadences.map((mode) => ({ tier, mode })),
);

/** The tiers that hold every channel. */
export const everyChannelTiers = Tier.options.filter((tier) => tiers[tier].destinations === 'all');
