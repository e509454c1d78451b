import type { Exposure } from './alert-content.js';
import { severityDelta, type SeverityDelta } from './delta.js';
import type { ProvisionEvent, Side } from './provision-event.js';
import { sameWords } from './same-words.js';
import { exposureWeight, rankOf, type Rank } from './severity.js';
import { fingerprintOf } from './side-fingerprint.js';
import { judgeMove, noPast, type Fingerprint, type Past, type Verdict } from './standing-changes.js';

/** A provision as last known. `side` is null when it is not in force. */
export type ProvisionState = {
  side: Side | null;
  at: Date;
  documentId: string;
  entityId: string;
  past: Past;
};

/** What one event did to its provision. */
export type Transition = {
  delta: SeverityDelta;
  before: Side | null;
  after: Side | null;
  /** Older than the last known state: kept as history, moves nothing. */
  late: boolean;
  /** Its `before` contradicts the last known state. */
  gap: boolean;
  /** What it means after what the provision went through lately. */
  verdict: Verdict;
  /** The same for sides of the same severity and words. */
  prints: { before: Fingerprint; after: Fingerprint };
  /** The state from now on; the same object as before when the event was late. */
  state: ProvisionState;
};

/**
 * Applies one event to the last known state of its provision.
 *
 * @param known null when the provision was never heard of
 * @param changeId of the change that it becomes
 * @param asOf the side in force at the event's time, out of history: only asked for a late event without `before`
 * @returns null when neither side is in force: `before` was left out, and nothing is known that could be withdrawn
 */
export function applyEvent(
  known: ProvisionState | null,
  event: ProvisionEvent,
  changeId: string,
  asOf: Side | null = null,
): Transition | null {
  const { data } = event;
  const at = new Date(event.time);
  const late = known !== null && at < known.at;
  const lastKnown = late ? asOf : (known?.side ?? null);
  const before = data.before === undefined ? lastKnown : data.before;
  const after = data.after;
  if (before === null && after === null) return null;
  const wordsMatch = before !== null && after !== null && sameWords(before.text, after.text);
  const delta = severityDelta(before?.severity ?? null, after?.severity ?? null, wordsMatch);
  const past = known?.past ?? noPast;
  const move = { changeId, at, before: fingerprintOf(before), after: fingerprintOf(after) };
  // Neither what comes late nor what changes nothing but form moves a provision.
  const judged =
    late || delta.kind === 'cosmetic' ? { verdict: { kind: 'news' } as const, past } : judgeMove(past, move);
  return {
    delta,
    before,
    after,
    late,
    gap: known !== null && !late && data.before !== undefined && contradicts(data.before, known.side),
    verdict: judged.verdict,
    prints: { before: move.before, after: move.after },
    state: late
      ? known
      : { side: after, at, documentId: data.document.id, entityId: data.entity.id, past: judged.past },
  };
}

function contradicts(claimed: Side | null, known: Side | null): boolean {
  if (claimed === null || known === null) return claimed !== known;
  return claimed.severity !== known.severity || !sameWords(claimed.text, known.text);
}

/**
 * Exposure of a document or an entity around one transition. The event's own `before` counts, so that a provision that
 * is first heard of in the middle of its life shows how it moved, not that it appeared.
 *
 * @param current the exposure as known, in which the provision counts `counted`
 */
export function exposureAround(transition: Transition, current: number, counted: Rank): Exposure {
  if (transition.late) return { before: current, after: current };
  const others = current - exposureWeight(counted);
  const weight = (side: Side | null) => exposureWeight(rankOf(side?.severity ?? null));
  return { before: others + weight(transition.before), after: others + weight(transition.after) };
}
