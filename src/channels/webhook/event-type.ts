import type { Content, MessageAbout } from '../../domain/content.js';

/** What an endpoint may choose to get. A test comes whatever is chosen: its owner asked for it. */
export const eventTypes = [
  'alert.created',
  'alert.reverted',
  'alert.retracted',
  'alert.corrected',
  'alert.reminder',
  'digest.created',
  'coverage.lost',
  'coverage.back',
] as const;
export type EventType = (typeof eventTypes)[number];

/** @param about what of its kind it tells, where one kind has several types @returns null for what nobody chooses */
export function eventTypeOf(kind: Content['kind'], about: MessageAbout | null): EventType | null {
  if (kind === 'alert') return 'alert.created';
  if (kind === 'digest') return 'digest.created';
  if (kind !== 'echo' && kind !== 'coverage') return null;
  const type = `${kind === 'echo' ? 'alert' : 'coverage'}.${about}`;
  return eventTypes.find((one) => one === type) ?? null;
}
