import type { LeasedDelivery } from './leased-delivery.store.js';

/** After what an echo is about was due, at least: so long takes what is on its way. */
const patienceMs = 10_000;

/**
 * An echo goes to those who were told: not before they are, and not when they were not.
 *
 * @returns what becomes of it instead of an attempt; null when it may go, and for what is no echo
 */
export function beforeEcho(
  { toldBy }: Pick<LeasedDelivery, 'toldBy'>,
  now: Date,
): { state: 'due'; dueAt: Date; reason: null } | { state: 'cancelled'; dueAt: null; reason: string } | null {
  switch (toldBy?.state) {
    case 'due': {
      const soonest = Math.max(new Date(toldBy.dueAt).getTime(), now.getTime());
      return { state: 'due', dueAt: new Date(soonest + patienceMs), reason: null };
    }
    case 'untold':
      return { state: 'cancelled', dueAt: null, reason: 'its alert was never told there' };
    default:
      return null;
  }
}
