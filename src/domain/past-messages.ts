import type { Cadence } from './cadence.js';
import type { ChangeKind } from './delta.js';
import { windowEnd } from './digest-window.js';
import type { Rank } from './severity.js';

/** A past change that a rule wants, and what became of it. Times are milliseconds since 1970 (UTC). */
export type PastChange = {
  id: string;
  revisionId: string;
  provisionId: string;
  kind: ChangeKind;
  beforeRank: Rank;
  afterRank: Rank;
  /** When its revision was complete, and its alert was made. */
  settledAt: number;
  /** When it was undone, and by which revision; null while it stands. */
  undone: { at: number; revisionId: string } | null;
  /** When the archive took it back; left out of nearly all. */
  retractedAt?: number;
};

/** What would go out at one time: the changes of a revision, or those of a digest's window. */
export type PastMessage = {
  /** Milliseconds since 1970: when it is sent; the end of a digest's window. */
  at: number;
  /** In the order given, never empty. */
  changes: readonly PastChange[];
};

/**
 * Puts changes together as they would have been told: by revision at once, or by window. What was undone or retracted before its
 * message went out is in none.
 *
 * @param changes in the order in which they happened
 * @returns the messages, newest first, and how many changes went back, or were retracted, before they were told
 */
export function pastMessages(
  changes: readonly PastChange[],
  cadence: Cadence,
  timeZone: string,
): { messages: PastMessage[]; wentBack: number; retracted: number } {
  const groups = new Map<string | number, { at: number; changes: PastChange[] }>();
  const sentAt = sendingTimes(cadence, timeZone);
  let [wentBack, retracted] = [0, 0];
  for (const change of changes) {
    const at = sentAt(change.settledAt);
    if (change.retractedAt !== undefined && change.retractedAt <= at) {
      retracted++;
      continue;
    }
    if (change.undone !== null && change.undone.at <= at) {
      wentBack++;
      continue;
    }
    const key = cadence.mode === 'instant' ? change.revisionId : at;
    const group = groups.get(key);
    if (group) group.changes.push(change);
    else groups.set(key, { at, changes: [change] });
  }
  return { messages: [...groups.values()].toSorted((one, other) => other.at - one.at), wentBack, retracted };
}

/** Asks for the end of each window once: most changes lie in the window of the change before. */
function sendingTimes(cadence: Cadence, timeZone: string): (settledAt: number) => number {
  if (cadence.mode === 'instant') return (settledAt) => settledAt;
  let [from, until] = [Infinity, -Infinity];
  return (settledAt) => {
    if (settledAt < from || settledAt >= until) {
      [from, until] = [settledAt, windowEnd(cadence, timeZone, new Date(settledAt)).getTime()];
    }
    return until;
  };
}
