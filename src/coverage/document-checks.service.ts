import { Injectable } from '@nestjs/common';
import type { CoverageEvent } from '../domain/coverage-event.js';
import { afterLooks, type Look, type Sighting } from '../domain/sighting.js';
import type { Transaction } from '../platform/database.js';
import {
  ensureDocuments,
  insertEvents,
  lockDocuments,
  saveDocuments,
  type DocumentRow,
  type NamedDocument,
} from './document-checks.store.js';

/** Keeps when documents were looked at, and whether they could be seen. */
@Injectable()
export class DocumentChecks {
  /**
   * Records the events in the caller's transaction; an event known by source and id is a duplicate and changes nothing. A
   * handful of statements, however many they are.
   *
   * @param silent keeps what they tell, but does not begin to miss a document that was never checked before
   * @returns what became of each
   */
  async record(
    tx: Transaction,
    events: readonly CoverageEvent[],
    { silent, now }: { silent: boolean; now: Date },
  ): Promise<('accepted' | 'duplicate')[]> {
    const distinct = new Map(events.map((event) => [keyOf(event), event]));
    const taken = await insertEvents(tx, [...distinct.values()], now);
    const fresh = new Set(taken.map(keyOf));
    const isFresh = events.map((event) => fresh.delete(keyOf(event)));
    const accepted = events.filter((_, n) => isFresh[n]);
    if (accepted.length > 0) await this.look(tx, accepted, { silent, now });
    return isFresh.map((is) => (is ? 'accepted' : 'duplicate'));
  }

  private async look(
    tx: Transaction,
    events: readonly CoverageEvent[],
    { silent, now }: { silent: boolean; now: Date },
  ): Promise<void> {
    const named = newestNames(events);
    await ensureDocuments(tx, [...named.values()]);
    const looks = new Map([...named.keys()].map((id): [string, Look[]] => [id, []]));
    for (const event of events) looks.get(event.data.document.id)?.push(lookOf(event));
    const known = await lockDocuments(tx, [...named.keys()]);
    const moved = known.flatMap((row) => {
      const next = {
        ...renamed(row, named.get(row.id)),
        ...afterLooks(sightingOf(row), looks.get(row.id) ?? [], now),
        reportsChecks: row.reportsChecks || !silent,
      };
      return JSON.stringify(next) === JSON.stringify(row) ? [] : [next];
    });
    if (moved.length > 0) await saveDocuments(tx, moved);
  }
}

function keyOf({ source, id }: { source: string; id: string }): string {
  return JSON.stringify([source, id]);
}

function lookOf(event: CoverageEvent): Look {
  const time = new Date(event.time);
  if (event.type === 'document.checked.v1') {
    return { at: new Date(event.data.checkedAt ?? time), since: null, detail: null };
  }
  const { since, detail } = event.data;
  return { at: time, since: new Date(since ?? time), detail: detail ?? null };
}

function newestNames(events: readonly CoverageEvent[]): Map<string, NamedDocument> {
  const newest = new Map<string, NamedDocument>();
  for (const { data, time: at } of events) {
    const { id, title, url = null } = data.document;
    const time = new Date(at);
    const known = newest.get(id);
    if (!known || time >= known.time) newest.set(id, { id, title, url, entity: data.entity, time });
  }
  return newest;
}

/** The names of the newest event; when they are known already, its time is not noted. */
function renamed(row: DocumentRow, named: NamedDocument | undefined): DocumentRow {
  if (named === undefined || named.time < row.updatedAt) return row;
  const next = { ...row, entityId: named.entity.id, title: named.title, url: named.url ?? row.url };
  const isNew = next.entityId !== row.entityId || next.title !== row.title || next.url !== row.url;
  return isNew ? { ...next, updatedAt: named.time } : row;
}

function sightingOf({ verifiedAt, unreachableAt, unreachableFrom, detail }: DocumentRow): Sighting {
  return { verifiedAt, unreachableAt, unreachableFrom, detail };
}
