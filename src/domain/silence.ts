import { z } from 'zod';

/** Why a change that a watchlist follows was not told, in the order in which they are decided. */
export const SilenceReason = z.enum([
  'silent',
  'late',
  'flapping',
  'reverted',
  'retracted',
  'cosmetic',
  'kind',
  'severity',
  'direction',
  'min-change',
  'keywords',
  'muted',
  'snoozed',
  'tier',
  'cap',
  'destination',
  'failed',
  'changed',
  'waiting',
]);
export type SilenceReason = z.infer<typeof SilenceReason>;

/** The same for people. */
export const silenceWords: Readonly<Record<SilenceReason, string>> = {
  silent: 'It was taken in as history, which alerts nobody.',
  late: 'It came in late: the archive had told of a newer state of this clause already.',
  flapping: 'The clause goes back and forth. That was told once; until it rests, its moves are not.',
  reverted: 'It went back before it was told, or it is itself the way back to what was before.',
  retracted: 'The archive took it back before it was told.',
  cosmetic: 'It changed nothing but form, and the rule does not ask for that.',
  kind: 'The rule does not ask for changes of this kind.',
  severity: 'Its severity is below the least that the rule asks for.',
  direction: 'Its severity did not move in the direction that the rule asks for.',
  'min-change': 'Its severity moved by less than the rule asks for.',
  keywords: 'The words that it changed do not match the keywords of the rule.',
  muted: 'You had muted the clause or its document.',
  snoozed: 'The watchlist was snoozed.',
  tier: 'Your tier does not hold the cadence of the watchlist, or the destination.',
  cap: 'There were too many alerts within a minute: it was told in a summary, not as an alert of its own.',
  destination:
    'There was no destination at work: the watchlist has none, or it was pending, paused or disabled.',
  failed: 'It was sent, and could not be delivered.',
  changed:
    'What is set now would tell it: the watchlist, a mute, the tier or a destination was changed since.',
  waiting: 'Nothing was made of it yet: its revision is not complete, or is about to be matched.',
};
