import type { SilenceReason } from '../../domain/silence.js';

/** Reasons of silence in a word or two, to choose by; a sentence for each is in domain/silence. */
export const silenceTitles: Readonly<Record<SilenceReason, string>> = {
  silent: 'Taken in as history',
  late: 'Came in late',
  flapping: 'Goes back and forth',
  reverted: 'Went back',
  retracted: 'Retracted',
  cosmetic: 'Only its form changed',
  kind: 'Another kind of change',
  severity: 'Severity too low',
  direction: 'Other direction',
  'min-change': 'Moved too little',
  keywords: 'No keyword matched',
  muted: 'Muted',
  snoozed: 'Snoozed',
  tier: 'Beyond your tier',
  cap: 'Told in a summary',
  destination: 'No destination at work',
  failed: 'Delivery failed',
  changed: 'Settings changed since',
  waiting: 'Not matched yet',
};
