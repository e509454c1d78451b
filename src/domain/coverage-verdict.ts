/** How a coverage notice stands at the moment before it is sent to a destination. */
export type CoverageStanding = {
  about: 'lost' | 'back';
  /** Whether the document is still lost, by the loss that it tells of. */
  isLost: boolean;
  /** What became there of the notice of the loss: null when there was none, or it is that notice. */
  lossTold: 'due' | 'delivered' | 'dead' | 'cancelled' | null;
  /** Whether a watchlist of the destination that is not snoozed still follows the document. */
  isFollowed: boolean;
  isMuted: boolean;
};

export type CoverageVerdict = { kind: 'send' } | { kind: 'wait' } | { kind: 'cancel'; reason: string };

/**
 * Whether a coverage notice is still right. Who was told of a loss is told of its end, whatever they follow since; while the
 * notice of the loss may still arrive, the one of its end waits.
 */
export function judgeCoverage(standing: CoverageStanding): CoverageVerdict {
  const { about, isLost, lossTold, isFollowed, isMuted } = standing;
  if (isMuted) return { kind: 'cancel', reason: 'the document is muted' };
  if (about === 'lost') {
    if (!isLost) return { kind: 'cancel', reason: 'the document can be seen again already' };
    return isFollowed
      ? { kind: 'send' }
      : { kind: 'cancel', reason: 'no watchlist that is awake follows it' };
  }
  if (lossTold === 'due') return { kind: 'wait' };
  if (lossTold === 'delivered') return { kind: 'send' };
  return { kind: 'cancel', reason: 'that it was lost was never told there' };
}
