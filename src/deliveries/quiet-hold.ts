import type { DeliveryKind } from '../domain/delivery-kind.js';
import { heldReason } from '../domain/held-reason.js';
import { quietUntil } from '../domain/quiet-hours.js';
import { rankOf } from '../domain/severity.js';
import type { Ending } from './ending.store.js';
import type { LeasedDelivery } from './leased-delivery.store.js';

/** What somebody just asked for, or has to know, goes out at any time. */
const always: ReadonlySet<DeliveryKind> = new Set(['test', 'confirm', 'notice']);

/**
 * What becomes of a delivery whose turn comes in quiet hours: of alerts, people get one bundle when they end, and programs each
 * one then. What is a bundle already waits. What is grave enough breaks through: an alert, or a summary that has such a one.
 *
 * @param isRead whether people read what is sent there
 * @returns null when it may go out
 */
export function heldOver(
  { kind, quietHours, timeZone, gravestRank }: LeasedDelivery,
  isRead: boolean,
  at: Date,
): Pick<Ending, 'state' | 'reason' | 'dueAt' | 'held'> | null {
  if (quietHours === null || always.has(kind)) return null;
  const until = quietUntil(quietHours, timeZone, at);
  if (until === null) return null;
  const { breakThrough } = quietHours;
  const isGrave = breakThrough !== null && gravestRank !== null && gravestRank >= rankOf(breakThrough);
  if (isGrave && (kind === 'alert' || kind === 'summary')) return null;
  return isRead && kind === 'alert'
    ? { state: 'cancelled', reason: 'quiet hours: told when they end', dueAt: null, held: true }
    : { state: 'due', reason: heldReason, dueAt: until, held: false };
}
