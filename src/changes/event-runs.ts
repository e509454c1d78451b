import type { ChangeEvent } from '../domain/archive-event.js';
import { deltaOfRanks } from '../domain/delta.js';
import type { ProvisionEvent } from '../domain/provision-event.js';
import type { Transaction } from '../platform/database.js';
import { ChangeBatch, RefusedEvent, type Recorded } from './change-batch.js';
import { correct } from './correction.js';
import { retract } from './retraction.js';
import { findChange, lockEntitiesOf, type EventKey } from './taken-change.store.js';

type Terms = { now: Date; silent: boolean; settleMs: number };

export type RecordedEvents = {
  recorded: Recorded[];
  revisionIds: string[];
  /** Whether fan-out has something to do: a revision settled, or something became of what was told. */
  settled: boolean;
};

/** What is recorded together: changes in a row, or one event about an earlier one. */
type Run = { from: number; events: readonly ProvisionEvent[] } | { from: number; about: ChangeEvent };

/**
 * Records events in their order: changes together, and each retraction or correction by itself, after what came before it.
 *
 * @throws RefusedEvent naming the place of the event
 */
export async function recordEvents(
  tx: Transaction,
  events: readonly ChangeEvent[],
  terms: Terms,
): Promise<RecordedEvents> {
  const runs = runsOf(events);
  // Locked run by run, in no order, two such batches could wait for each other.
  if (runs.length > 1) {
    const entities = events.flatMap((event) => ('entity' in event.data ? [event.data.entity.id] : []));
    await lockEntitiesOf(tx, entities, events.filter((event) => !isPlain(event)).map(meantBy));
  }
  const all: RecordedEvents = { recorded: [], revisionIds: [], settled: false };
  for (const run of runs) {
    const { recorded, revisionIds, settled } = await recordRun(tx, run, terms);
    all.recorded.push(...recorded);
    all.revisionIds.push(...revisionIds);
    all.settled ||= settled;
  }
  return all;
}

async function recordRun(tx: Transaction, run: Run, terms: Terms): Promise<RecordedEvents> {
  const batch = () => new ChangeBatch(tx, terms.now, terms.silent, terms.settleMs);
  try {
    if ('events' in run) return await batch().record(run.events);
    const { about } = run;
    if (about.type === 'provision.retracted.v1') return alone(await retract(tx, about, terms));
    await lockEntitiesOf(tx, [], [about]);
    const change = await findChange(tx, about);
    if (!change) return await batch().record([about]);
    const { id: changeId, kind, beforeRank, afterRank, correction } = change;
    if ((about.data.correction ?? 0) > correction) return alone(await correct(tx, change, about, terms));
    const delta = deltaOfRanks(kind, beforeRank, afterRank);
    return alone({ id: about.id, status: 'duplicate', changeId, delta });
  } catch (error) {
    if (!(error instanceof RefusedEvent)) throw error;
    throw new RefusedEvent(run.from + error.index, error.message, error.path);
  }
}

function alone(recorded: Recorded): RecordedEvents {
  return { recorded: [recorded], revisionIds: [], settled: recorded.status === 'accepted' };
}

function runsOf(events: readonly ChangeEvent[]): Run[] {
  const runs: Run[] = [];
  let plain: ProvisionEvent[] = [];
  for (const [from, event] of events.entries()) {
    if (isPlain(event)) {
      if (plain.length === 0) runs.push({ from, events: (plain = []) });
      plain.push(event);
    } else {
      runs.push({ from, about: event });
      plain = [];
    }
  }
  return runs;
}

function isPlain(event: ChangeEvent): event is ProvisionEvent {
  return event.type === 'provision.changed.v1' && (event.data.correction ?? 0) === 0;
}

/** The event that an event is about: the same one again, or one that it retracts. */
function meantBy(event: ChangeEvent): EventKey {
  if (event.type !== 'provision.retracted.v1') return event;
  return { source: event.data.retracts.source ?? event.source, id: event.data.retracts.id };
}
