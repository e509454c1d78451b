import type { DeliveryKind } from './delivery-kind.js';
import { tiers, type Tier } from './tiers.js';

/** What is known of a delivery at the moment before it is sent. */
export type BeforeSending = {
  kind: DeliveryKind;
  tier: Tier;
  /** Whether the destination is the account's own email address. */
  isOwnEmail: boolean;
  destinationStatus: string;
  /** How many watchlists still want it. */
  watchlists: number;
  /** Whether all that it tells of was muted since. */
  isMuted: boolean;
};

/**
 * Whether a delivery is still wanted: its owner may have changed their mind since it was made.
 *
 * @returns the reason not to send it, or null
 */
export function reasonToCancel(delivery: BeforeSending): string | null {
  const { kind, destinationStatus } = delivery;
  if (kind === 'notice') return null;
  if (kind === 'confirm')
    return destinationStatus === 'pending' ? null : 'the destination needs no confirmation any more';
  if (destinationStatus !== 'active') return `the destination is ${destinationStatus}`;
  const terms = tiers[delivery.tier];
  if (terms.destinations === 'own-email' && !delivery.isOwnEmail) {
    return `the ${delivery.tier} tier does not hold this destination`;
  }
  // Of a coverage notice, whatever the cadence: what else it takes is asked of the ledger.
  if (kind === 'test' || kind === 'coverage') return null;
  if (!terms.cadences.includes('instant')) return `the ${delivery.tier} tier does not hold instant alerts`;
  if (delivery.isMuted) return 'all that it tells of is muted';
  // The alerts that it stands for stay in the inbox, whatever the watchlists want by now.
  if (kind === 'summary') return null;
  return delivery.watchlists === 0 ? 'no watchlist wants it any more' : null;
}
