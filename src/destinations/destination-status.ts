import { Problem } from '../platform/http/problem.js';
import { unsubscribedReason, type Destination, type DestinationStatus } from './destination.js';

const remedies: Readonly<Record<Exclude<DestinationStatus, 'active'>, string>> = {
  pending: 'It waits to be confirmed: open the link in the message that was sent there.',
  paused: 'It is paused: enable it first.',
  disabled: 'It is disabled: see its reason, then enable it.',
};

/** @throws Problem 409 that names the remedy, when nothing goes out to the destination */
export function requireActive(status: DestinationStatus): void {
  if (status !== 'active') throw new Problem(409, remedies[status]);
}

/**
 * Whether the owner may put a destination to work or to rest. What is pending needs its confirmation; what is disabled is
 * at rest already, and pausing it would hide why.
 *
 * @throws Problem 409 that names the remedy
 */
export function requireMovable(status: DestinationStatus, to: 'active' | 'paused'): void {
  if (status === 'pending' || (status === 'disabled' && to === 'paused')) {
    throw new Problem(409, remedies[status]);
  }
}

/**
 * What a destination is once it goes to another mailbox, which says nothing by what became of the former one: of that only
 * its owner's pause is kept, and not even that where the new one has to be confirmed, which enabling would pass by.
 */
export function statusAt(
  { status, reason }: Pick<Destination, 'status' | 'reason'>,
  isAsked: boolean,
): DestinationStatus {
  if (isAsked) return 'pending';
  return status === 'paused' && reason !== unsubscribedReason ? 'paused' : 'active';
}

/**
 * What a new address that has to be confirmed leaves to its owner to say: that it is to work, it does once it is confirmed.
 *
 * @throws Problem 409 that names the remedy
 */
export function requireNotPaused(to: 'active' | 'paused'): void {
  if (to === 'active') return;
  throw new Problem(409, 'The new address has to be confirmed: change it alone, and pause it once it is.');
}

/**
 * Whether somebody else's address has to be confirmed anew before it gets mail again: its reader stopped it, or it was
 * disabled, perhaps before it was ever confirmed, or because the mailbox went; it may be another's by now.
 */
export function asksAgain({ status, reason }: Pick<Destination, 'status' | 'reason'>): boolean {
  return status === 'disabled' || (status === 'paused' && reason === unsubscribedReason);
}
