import { tiers, tierThatAllows, type Tier, type TierTerms } from '../../domain/tiers.js';
import type { PlanUse } from '../../watchlists/plan-use.service.js';
import type { Site } from '../frame/site.js';

type Counted = 'watchlists' | 'follows';
type NoteProps = { site: Site; tier: Tier; use: PlanUse; of: readonly Counted[] };

const nouns = {
  watchlists: ['watchlist', 'watchlists'],
  follows: ['follow', 'follows'],
} as const satisfies Record<Counted, readonly [string, string]>;

/** How much of the plan is used; of what is used up, which tier holds more: said before it is asked for in vain. */
export function PlanNote({ site, tier, use, of }: NoteProps) {
  const full = of.filter((one) => isFull(tier, use, one));
  const link = <a href={`${site.base}/settings/plan`}>Your plan</a>;
  if (full.length === 0) {
    return (
      <p class="aside">
        You have {of.map((one) => `${figure(use[one])} of ${held(tiers[tier], one)}`).join(' and ')}. {link}
      </p>
    );
  }
  return (
    <p class="note">
      {full.map((one) => `${fullWords(tier, use, one)} `)} {link}
    </p>
  );
}

/** Whether the tier holds no more of it. */
export function isFull(tier: Tier, use: PlanUse, one: Counted): boolean {
  return use[one] >= tiers[tier][one];
}

function fullWords(tier: Tier, use: PlanUse, one: Counted): string {
  const more = tierThatAllows((terms) => terms[one] > use[one]);
  const lifts = more === null ? '' : ` The ${more} tier holds ${figure(tiers[more][one])}.`;
  return `The ${tier} tier holds ${held(tiers[tier], one)}, and there is room for no more.${lifts}`;
}

function held(terms: TierTerms, one: Counted): string {
  return `${figure(terms[one])} ${nouns[one][terms[one] === 1 ? 0 : 1]}`;
}

function figure(count: number): string {
  return count.toLocaleString('en');
}
