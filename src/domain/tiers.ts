import { z } from 'zod';
import type { CadenceMode } from './cadence.js';

export const Tier = z.enum(['free', 'watcher', 'professional']);
export type Tier = z.infer<typeof Tier>;

/** The parts of an alert that a tier can lock, by their name in `analysis`. */
export const lockableParts = ['regulatoryCitations', 'complianceMemo'] as const;
export type LockablePart = (typeof lockableParts)[number];

export type TierTerms = {
  readonly watchlists: number;
  readonly follows: number;
  /** `own-email`: only the account's own address; `all`: every channel. */
  readonly destinations: 'own-email' | 'all';
  readonly cadences: readonly CadenceMode[];
  readonly locked: readonly LockablePart[];
};

/** What each tier holds: the one place that says so. */
export const tiers: Readonly<Record<Tier, TierTerms>> = {
  free: {
    watchlists: 1,
    follows: 3,
    destinations: 'own-email',
    cadences: ['weekly'],
    locked: ['regulatoryCitations', 'complianceMemo'],
  },
  watcher: {
    watchlists: 20,
    follows: 250,
    destinations: 'all',
    cadences: ['instant', 'hourly', 'daily', 'weekly'],
    locked: ['complianceMemo'],
  },
  professional: {
    watchlists: 200,
    follows: 5_000,
    destinations: 'all',
    cadences: ['instant', 'hourly', 'daily', 'weekly'],
    locked: [],
  },
};

/** The lowest tier whose terms satisfy `test`, or null when none does: what to name in a refusal. */
export function tierThatAllows(test: (terms: TierTerms) => boolean): Tier | null {
  return Tier.options.find((tier) => test(tiers[tier])) ?? null;
}
