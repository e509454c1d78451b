import type { SeverityDelta } from '../domain/delta.js';
import type { Side, ProvisionEvent } from '../domain/provision-event.js';
import { applyEvent } from '../domain/provision-state.js';
import type { Transaction } from '../platform/database.js';
import { ArchiveSnapshot } from './archive-snapshot.js';
import { saveNames, saveStates, type Moved } from './archive-state.store.js';
import { draftChange, type ChangeDraft } from './change-draft.js';
import {
  countRatings,
  drawIds,
  eventKey,
  findDocumentExposure,
  findSideAsOf,
  findTaken,
  insertChanges,
  lockEntities,
  lockStates,
  type TakenChange,
} from './change.store.js';
import { countIn, openPart, type OpenRevision } from './revision.store.js';

/** What became of one event. */
export type Recorded = {
  id: string;
  status: 'accepted' | 'duplicate';
  changeId: string;
  delta: SeverityDelta;
};

/** An event that is well-formed but can't be true. Nothing of its batch is kept. */
export class RefusedEvent extends Error {
  override name = 'RefusedEvent';

  constructor(
    readonly index: number,
    message: string,
    /** Where in the event the fault is. */
    readonly path = 'data.after',
  ) {
    super(message);
  }
}

/** One batch inside its transaction. */
export class ChangeBatch {
  private readonly revisions = new Map<string, OpenRevision & { events: number; alone: boolean }>();
  private readonly drafts: ChangeDraft[] = [];
  private readonly moves: Moved[] = [];

  constructor(
    private readonly tx: Transaction,
    private readonly now: Date,
    private readonly silent: boolean,
    private readonly settleMs: number,
  ) {}

  /** @returns also the revisions that took new events, and whether one of them settled, or what was told went back */
  async record(
    events: readonly ProvisionEvent[],
  ): Promise<{ recorded: Recorded[]; revisionIds: string[]; settled: boolean }> {
    // Looked for twice: a duplicate must not make an entity, and only behind the lock does nobody else take an event.
    const unknown = await this.notTaken(firstOfEach(events), new Map());
    const names = new Map(unknown.map(({ event: { data } }) => [data.entity.id, data.entity.name]));
    const entityExposure = await lockEntities(this.tx, names, new Date(0));
    const taken = new Map<string, TakenChange>();
    const fresh = await this.notTaken(firstOfEach(events), taken);
    if (fresh.length > 0) await this.take(fresh, entityExposure);
    if (fresh.length > 0) await insertChanges(this.tx, this.drafts);
    const ids = new Map(this.drafts.map(({ id, source, eventId }) => [eventKey(source, eventId), id]));
    const deltas = new Map(
      this.moves.map((move) => [eventKey(move.event.source, move.event.id), move.transition.delta]),
    );
    const settled = (await this.settle()) || this.drafts.some(({ undoes }) => undoes.length > 0);
    const answered = new Set<string>();
    const recorded = events.map((event): Recorded => {
      const key = eventKey(event.source, event.id);
      const known = taken.get(key);
      const changeId = known?.id ?? ids.get(key);
      const delta = known?.delta ?? deltas.get(key);
      if (changeId === undefined || delta === undefined)
        throw new Error('an event of the batch was not recorded');
      const status = known || answered.has(key) ? 'duplicate' : 'accepted';
      answered.add(key);
      return { id: event.id, status, changeId, delta };
    });
    return { recorded, revisionIds: [...this.revisions.values()].map(({ id }) => id), settled };
  }

  /** @param taken gets those that were taken before */
  private async notTaken(events: readonly Numbered[], taken: Map<string, TakenChange>): Promise<Numbered[]> {
    for (const change of await findTaken(
      this.tx,
      events.map(({ event }) => event),
    )) {
      taken.set(eventKey(change.source, change.eventId), change);
    }
    return events.filter(({ event }) => !taken.has(eventKey(event.source, event.id)));
  }

  private async take(fresh: readonly Numbered[], entityExposure: Map<string, number>): Promise<void> {
    const events = fresh.map(({ event }) => event);
    await saveNames(this.tx, events, this.now);
    const snapshot = await this.loadSnapshot(events, entityExposure);
    const ids = await drawIds(this.tx, fresh.length);
    for (const [n, { event, index }] of fresh.entries()) {
      const id = ids[n] ?? '';
      const known = snapshot.stateOf(event.data.provision.id);
      const asOf = known && event.data.before === undefined ? await this.sideAsOf(event, known.at) : null;
      const transition = applyEvent(known, event, id, asOf);
      if (!transition)
        throw new RefusedEvent(index, 'the provision is not in force, so it cannot be withdrawn');
      const around = snapshot.move(event, transition);
      const revisionId = await this.revisionFor(event);
      this.drafts.push(
        draftChange(event, transition, around, { id, revisionId, receivedAt: this.now, silent: this.silent }),
      );
      this.moves.push({ event, transition, from: known });
    }
    await saveStates(
      this.tx,
      this.moves.filter((move) => !move.transition.late),
    );
  }

  private async loadSnapshot(events: readonly ProvisionEvent[], entityExposure: Map<string, number>) {
    const distinct = (pick: (event: ProvisionEvent) => string) => [...new Set(events.map(pick))];
    const states = await lockStates(
      this.tx,
      events.map(({ data: { provision, document, entity } }) => ({
        id: provision.id,
        documentId: document.id,
        entityId: entity.id,
      })),
    );
    const documents = await findDocumentExposure(
      this.tx,
      distinct((event) => event.data.document.id),
    );
    const clauseTypes = new Set([
      ...events.map((event) => event.data.provision.clauseType),
      ...[...states.values()].map((state) => state.clauseType),
    ]);
    return new ArchiveSnapshot(
      states,
      documents,
      entityExposure,
      await countRatings(this.tx, [...clauseTypes]),
    );
  }

  /** What stood at the time of a late event; what this very batch brought counts too. */
  private async sideAsOf(event: ProvisionEvent, knownAt: Date): Promise<Side | null> {
    const at = new Date(event.time);
    if (at >= knownAt) return null;
    const stored = await findSideAsOf(this.tx, event.data.provision.id, at);
    let newest = stored ?? { side: null, at: new Date(-8.64e15) };
    for (const move of this.moves) {
      const moveAt = new Date(move.event.time);
      if (move.event.data.provision.id !== event.data.provision.id || moveAt > at || moveAt < newest.at)
        continue;
      newest = { side: move.transition.after, at: moveAt };
    }
    return newest.side;
  }

  private async revisionFor(event: ProvisionEvent): Promise<string> {
    const { revision, document, entity } = event.data;
    const key = revision
      ? JSON.stringify([event.source, document.id, revision.id])
      : JSON.stringify([event.source, document.id, null, event.id]);
    const known = this.revisions.get(key);
    const open = known ?? {
      ...(await openPart(this.tx, {
        source: event.source,
        documentId: document.id,
        entityId: entity.id,
        externalId: revision?.id ?? null,
      })),
      events: 0,
      alone: revision === undefined,
    };
    this.revisions.set(key, open);
    open.events++;
    open.size = revision?.size ?? open.size;
    return open.id;
  }

  /** @returns whether a revision settled */
  private async settle(): Promise<boolean> {
    let settledAny = false;
    for (const { id, received, events, size, alone } of this.revisions.values()) {
      const settled = alone || (size !== null && received + events >= size);
      settledAny ||= settled;
      const settleAt = new Date(this.now.getTime() + this.settleMs);
      await countIn(this.tx, id, {
        events,
        size,
        settledAt: settled ? this.now : null,
        settleAt: settled ? null : settleAt,
      });
    }
    return settledAny;
  }
}

type Numbered = { event: ProvisionEvent; index: number };

function firstOfEach(events: readonly ProvisionEvent[]): Numbered[] {
  const seen = new Set<string>();
  return events.flatMap((event, index) => {
    const key = eventKey(event.source, event.id);
    if (seen.has(key)) return [];
    seen.add(key);
    // In UTC to the millisecond, as it is compared: PostgreSQL takes neither every offset nor every precision.
    return [{ event: { ...event, time: new Date(event.time).toISOString() }, index }];
  });
}
