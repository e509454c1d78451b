import { fingerprintOf } from '../domain/side-fingerprint.js';
import { isStable } from '../domain/standing-changes.js';
import type { Transaction } from '../platform/database.js';
import { findLastMove, findState, takeStable, tell } from './flapping.store.js';
import { openPart } from './revision.store.js';
import { lockEntitiesOf } from './taken-change.store.js';

/**
 * Of a provision that flapped and rests, tells how it came to rest: its last change becomes news, in a new part of its
 * revision. Nobody is told when it is what they were told that it had become.
 *
 * @returns whether there is something to tell
 */
export async function tellOutcome(
  tx: Transaction,
  { provisionId, entityId }: { provisionId: string; entityId: string },
  now: Date,
): Promise<boolean> {
  // As intake does, before anything else: who is about to move it goes first.
  await lockEntitiesOf(tx, [entityId], []);
  if (!(await takeStable(tx, provisionId, now))) return false;
  const state = await findState(tx, provisionId);
  if (!state?.past.flapping || !isStable(state.past, now)) return false;
  if (fingerprintOf(state.side) === state.past.flapping.told) return false;
  const last = await findLastMove(tx, provisionId);
  if (last?.verdict !== 'quiet') return false;
  const part = await openPart(tx, last);
  await tell(tx, last.id, part.id, now);
  return true;
}
