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
  /** Whether all of it that is not muted was undone or retracted since. */
  isUndone: boolean;
  /** Of an echo that people read: whether its place was taken off all watchlists of its alert, as unsubscribing does. */
  isTakenOff: boolean;
};

/** Of an alert that nobody is told of any more. */
export const wentBack = 'it went back before it was told';

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
  // Who was told of an alert is told what became of it, whatever the watchlists and the tier want by now; but not who unsubscribed.
  if (kind === 'echo' && delivery.isTakenOff) return 'no watchlist of its alert leads there any more';
  if (kind === 'echo')
    return delivery.isMuted || delivery.isUndone
      ? 'nothing of it was told there, it is muted, or it stands again'
      : null;
  // Its cadence has a tier of its own, and what it tells is asked when it is read.
  if (kind === 'digest') return null;
  if (!terms.cadences.includes('instant')) return `the ${delivery.tier} tier does not hold instant alerts`;
  if (delivery.isUndone) return wentBack;
  if (delivery.isMuted) return 'all that it tells of is muted';
  // The alerts that it stands for stay in the inbox, whatever the watchlists want by now.
  if (kind === 'summary') return null;
  return delivery.watchlists === 0 ? 'no watchlist wants it any more' : null;
}
