import { deltaOfRanks } from '../domain/delta.js';
import type { RetractionEvent } from '../domain/retraction-event.js';
import type { Transaction } from '../platform/database.js';
import { rollUp } from './archive-state.store.js';
import { RefusedEvent, type Recorded } from './change-batch.js';
import { findLeft, putBack, readHistory, savePast } from './provision-history.store.js';
import { keepRetraction, markRetracted } from './retraction.store.js';
import { freshSince } from './freshness.js';
import { standAgain } from './stands-again.store.js';
import { addEcho, findChange, isTellable, lockEntitiesOf, sideBefore } from './taken-change.store.js';

/**
 * Takes back what an earlier event told. If that was the last of its provision, the provision is again what it was before;
 * what the change undid stands again.
 *
 * @throws RefusedEvent when no such event was taken
 */
export async function retract(
  tx: Transaction,
  { source, id, time, data }: RetractionEvent,
  { now, silent }: { now: Date; silent: boolean },
): Promise<Recorded> {
  const retracted = { source: data.retracts.source ?? source, id: data.retracts.id };
  await lockEntitiesOf(tx, [], [retracted]);
  const change = await findChange(tx, retracted);
  if (!change) throw new RefusedEvent(0, 'no such event was taken', 'data.retracts.id');
  const delta = deltaOfRanks(change.kind, change.beforeRank, change.afterRank);
  const isNew = await keepRetraction(tx, { source, id, changeId: change.id, now });
  if (!isNew || change.retractedAt !== null) return { id, status: 'duplicate', changeId: change.id, delta };
  const { last } = await readHistory(tx, change.provisionId);
  const reason = data.reason ?? null;
  const at = new Date(time).toISOString();
  await markRetracted(tx, change, { at, reason, now });
  await standAgain(tx, change.id, { at, now, freshSince: freshSince(now), silent });
  const history = await readHistory(tx, change.provisionId);
  if (last?.id === change.id) {
    const since = history.last?.time ?? change.time;
    const left = (await findLeft(tx, change.provisionId, history.last?.id ?? null)) ?? change;
    const to = { side: sideBefore(left), rank: left.beforeRank, since, history };
    const place = await putBack(tx, change.provisionId, to);
    if (place) await rollUp(tx, [place.documentId], [place.entityId]);
  } else if (!change.late) await savePast(tx, change.provisionId, history.past);
  if (!silent && isTellable(change)) await addEcho(tx, change, { kind: 'retracted', reason, at, now });
  return { id, status: 'accepted', changeId: change.id, delta };
}
