import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { deltaOfRanks, type SeverityDelta } from '../domain/delta.js';
import { byGravity } from '../domain/gravity.js';
import { parseRowId } from '../domain/ids.js';
import { rankOf, type Severity } from '../domain/severity.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page } from '../platform/http/page.js';
import { listName } from './list-name.js';
import { listRecent, type RecentFilters, type RecentRow } from './recent-changes.store.js';

/** One change in a list: what it is, without its words. */
export type RecentChange = {
  id: string;
  /** RFC 3339 UTC: when the archive saw it. */
  time: string;
  effectiveAt: string | null;
  entity: { id: string; name: string };
  document: { id: string; title: string };
  provision: { id: string; title: string; clauseType: string };
  delta: SeverityDelta;
  late: boolean;
  reverted: boolean;
  retracted: boolean;
};

export type RecentQuery = {
  entity?: string | undefined;
  clauseType?: string | undefined;
  /** The higher of before and after. */
  severity?: Severity | undefined;
  direction?: SeverityDelta['direction'] | undefined;
  cursor?: string | undefined;
  limit: number;
};

const signs = { rise: 1, same: 0, fall: -1 } as const;

/** Among so many of the newest changes the gravest is looked for. */
const recently = 50;

const RecentKey = z.tuple([
  z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?$/),
  z.string().refine((id) => parseRowId(id) !== null),
]);

/** What changed of late, by when it was seen. */
@Injectable()
export class RecentChanges {
  constructor(private readonly database: Database) {}

  /** Newest first. @throws Problem 422 for a cursor of other filters */
  async list({
    entity,
    clauseType,
    severity,
    direction,
    cursor,
    limit,
  }: RecentQuery): Promise<Page<RecentChange>> {
    const filters: RecentFilters = {
      entity: entity ?? null,
      clauseType: clauseType ?? null,
      rank: severity === undefined ? null : rankOf(severity),
      sign: direction === undefined ? null : signs[direction],
    };
    const name = listName('recent', [
      filters.entity,
      filters.clauseType,
      severity ?? null,
      direction ?? null,
    ]);
    const key = keyOfCursor(name, cursor, (text) => keyOf(text) !== null);
    const rows = await listRecent(this.database, filters, key === null ? null : keyOf(key), limit + 1);
    return pageOfRows(name, rows, limit, (row) => JSON.stringify([row.exactTime, row.id]), viewOf);
  }

  /** The gravest of the newest changes that still stands; null when there is none. */
  async gravest(): Promise<RecentChange | null> {
    const { items } = await this.list({ limit: recently });
    const standing = items.filter(
      ({ late, reverted, retracted, delta }) =>
        !late &&
        !reverted &&
        !retracted &&
        delta.kind !== 'cosmetic' &&
        delta.before !== null &&
        delta.after !== null,
    );
    return standing.toSorted((a, b) => byGravity(a.delta, b.delta))[0] ?? items[0] ?? null;
  }
}

function viewOf({
  labels,
  kind,
  beforeRank,
  afterRank,
  time,
  exactTime: _,
  ...row
}: RecentRow): RecentChange {
  const { entity, document, provision } = labels;
  return {
    ...row,
    time: time.toISOString(),
    entity: { id: entity.id, name: entity.name },
    document: { id: document.id, title: document.title },
    provision: { id: provision.id, title: provision.title, clauseType: provision.clauseType },
    delta: deltaOfRanks(kind, beforeRank, afterRank),
  };
}

function keyOf(text: string): [time: string, id: string] | null {
  try {
    const key = RecentKey.safeParse(JSON.parse(text));
    return key.success ? key.data : null;
  } catch {
    return null;
  }
}
