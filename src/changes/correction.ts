import { severityDelta, type SeverityDelta } from '../domain/delta.js';
import type { ProvisionEvent, Side } from '../domain/provision-event.js';
import type { Transition } from '../domain/provision-state.js';
import { sameWords } from '../domain/same-words.js';
import { fingerprintOf } from '../domain/side-fingerprint.js';
import { exposureWeight, rankOf, type Rank } from '../domain/severity.js';
import { noPast } from '../domain/standing-changes.js';
import type { Transaction } from '../platform/database.js';
import { saveNames, saveStates } from './archive-state.store.js';
import { RefusedEvent, type Recorded } from './change-batch.js';
import { draftChange } from './change-draft.js';
import { findStanding, markCorrected, replaceChange } from './correction.store.js';
import { freshSince } from './freshness.js';
import { readHistory, savePast } from './provision-history.store.js';
import { makeNews, standAgain } from './stands-again.store.js';
import { addEcho, isTellable, sideAfter, sideBefore, type KeptChange } from './taken-change.store.js';

/**
 * Replaces what an earlier event told by the same event as the archive tells it now. Its time stays, and its verdict unless it took
 * something back and does not any more: then it is news. If it was the last of its provision, the provision's state follows.
 *
 * @param taken as `findChange` locked it, behind the lock of its entity
 * @throws RefusedEvent when it is about something else now, or withdraws what was not in force
 */
export async function correct(
  tx: Transaction,
  taken: KeptChange,
  event: ProvisionEvent,
  { now, silent }: { now: Date; silent: boolean },
): Promise<Recorded> {
  refuseOther(taken, event);
  const at = new Date(event.time).toISOString();
  const isNews =
    taken.verdict === 'reverted' && fingerprintOf(sideAfter(taken)) !== fingerprintOf(event.data.after);
  const change = isNews ? { ...taken, verdict: 'news' } : taken;
  const transition = transitionOf(change, event);
  const { after, delta } = transition;
  const rank = rankOf(after?.severity ?? null);
  await saveNames(tx, [event], now);
  const around = {
    entity: moved(change, change.entityExposureBefore, change.entityExposureAfter, transition),
    document: moved(change, change.documentExposureBefore, change.documentExposureAfter, transition),
    standing: await findStanding(tx, event.data.provision.clauseType, change.entityId, rank),
  };
  const draft = draftChange(event, transition, around, { ...change, silent: change.silent });
  await replaceChange(tx, draft, change.effectiveAt !== draft.effectiveAt);
  if (isNews) {
    await makeNews(tx, change.id);
    await standAgain(tx, change.id, { at, now, freshSince: freshSince(now), silent });
  }
  const history = await readHistory(tx, change.provisionId);
  if (history.last?.id === change.id) {
    const corrected = { ...event, time: change.time.toISOString() };
    const state = { ...transition.state, past: history.past };
    await saveStates(tx, [{ event: corrected, transition: { ...transition, state }, from: null }]);
  } else if (!change.late) await savePast(tx, change.provisionId, history.past);
  const stands = change.undoneBy === null && change.retractedAt === null;
  const tells = !silent && stands && isTellable(change);
  await markCorrected(tx, change, now, tells && change.receivedAt >= freshSince(now));
  if (tells && !isNews) await addEcho(tx, change, { kind: 'corrected', reason: null, at, now });
  return { id: event.id, status: 'accepted', changeId: change.id, delta };
}

function refuseOther(change: KeptChange, { data }: ProvisionEvent): void {
  const refuse = (path: string, known: string) => {
    throw new RefusedEvent(0, `a correction is about the same one as before: ${known}`, `data.${path}.id`);
  };
  if (data.provision.id !== change.provisionId) refuse('provision', change.provisionId);
  if (data.document.id !== change.documentId) refuse('document', change.documentId);
  if (data.entity.id !== change.entityId) refuse('entity', change.entityId);
}

function transitionOf(change: KeptChange, event: ProvisionEvent): Transition {
  const before = event.data.before === undefined ? sideBefore(change) : event.data.before;
  const { after } = event.data;
  if (before === null && after === null)
    throw new RefusedEvent(0, 'the provision was not in force, so it cannot be withdrawn');
  const { late, gap, time: at, documentId, entityId } = change;
  const state = { side: after, at, documentId, entityId, past: noPast };
  const prints = { before: fingerprintOf(before), after: fingerprintOf(after) };
  return {
    delta: deltaOf(before, after),
    before,
    after,
    late,
    gap,
    verdict: { kind: 'news' },
    prints,
    state,
  };
}

function deltaOf(before: Side | null, after: Side | null): SeverityDelta {
  const wordsMatch = before !== null && after !== null && sameWords(before.text, after.text);
  return severityDelta(before?.severity ?? null, after?.severity ?? null, wordsMatch);
}

/** Exposure around the change as it is now, of what it was around the change as it was told. */
function moved(change: KeptChange, before: number, after: number, transition: Transition) {
  if (change.late) return { before, after };
  const weigh = (total: number, was: Rank, side: Side | null) =>
    total - exposureWeight(was) + exposureWeight(rankOf(side?.severity ?? null));
  return {
    before: weigh(before, change.beforeRank, transition.before),
    after: weigh(after, change.afterRank, transition.after),
  };
}
