import { sentence } from '../../domain/sentence.js';
import { unsubscribedReason, type Destination } from '../../destinations/destination.js';
import type { DestinationReport } from '../../deliveries/destination-reports.service.js';

/** `good`: works. `wait`: somebody has to do something, or it rests. `bad`: it fails. */
export type Standing = {
  mood: 'good' | 'wait' | 'bad';
  words: string;
  why: string | null;
  remedy: string | null;
};

/** How a destination is, why, and what to do about it. */
export function standingOf(
  { status, reason }: Pick<Destination, 'status' | 'reason'>,
  report: DestinationReport | undefined,
): Standing {
  switch (status) {
    case 'pending':
      return {
        mood: 'wait',
        words: 'Waits to be confirmed',
        why: 'A mail went there that asks whether it wants alerts. Nothing else is sent until its link was used.',
        remedy: 'Look for that mail, in the spam folder too, or have another one sent.',
      };
    case 'paused':
      return reason === unsubscribedReason
        ? {
            mood: 'wait',
            words: 'Stopped by its reader',
            why: 'Somebody used the link in a mail to stop all of it.',
            remedy: 'Put it back to work if that was you. Anybody else is asked first.',
          }
        : {
            mood: 'wait',
            words: 'Paused',
            why: 'You paused it: what would go there is cancelled.',
            remedy: 'Put it back to work, then recover what it missed.',
          };
    case 'disabled':
      return {
        mood: 'bad',
        words: 'Disabled',
        why: sentence(reason ?? 'it cannot be reached'),
        remedy: 'Mend that, put it back to work, then recover what it missed.',
      };
    case 'active':
      return atWork(report);
    default:
      return status satisfies never;
  }
}

function atWork(report: DestinationReport | undefined): Standing {
  const why = report?.lastFailure ? sentence(report.lastFailure.reason) : null;
  if (report?.failing) {
    return {
      mood: 'bad',
      words: 'Failing',
      why,
      remedy:
        'It is tried again, at growing intervals. After five days of nothing but failures it is disabled.',
    };
  }
  if (report && report.heldUntil !== null) {
    return {
      mood: 'wait',
      words: 'Held back',
      why: why ?? 'The server behind it does not answer.',
      remedy: 'It is tried again by itself as soon as the server answers.',
    };
  }
  return { mood: 'good', words: 'Working', why: null, remedy: null };
}
