import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.js';
import { ArchiveId, type AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import type { CoveredDocument } from './coverage-view.js';
import { coveredDocument, tooOldAt } from './covered-document.js';
import {
  countSightings,
  listSightings,
  type SightingCounts,
  type SightingKey,
  type SightingRow,
} from './sightings.store.js';

const listName = 'sightings';
const dayMs = 86_400_000;

const Key = z.tuple([z.boolean(), z.union([z.iso.datetime(), z.literal('-infinity')]), ArchiveId]);

/** When the documents that accounts follow were last seen: those first that nobody has seen for longest. */
@Injectable()
export class SightingsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'coverageDays'>,
  ) {}

  /** @returns also the moment that it is true of */
  async counts(accountId: AccountId): Promise<SightingCounts & { at: Date }> {
    const at = this.clock.now();
    const dayAgo = new Date(at.getTime() - dayMs);
    const tooOld = tooOldAt(this.config.coverageDays.unverified, at);
    return { ...(await countSightings(this.database, accountId, { dayAgo, tooOld })), at };
  }

  /** Out of sight first, then by when they were seen, the longest ago first. @throws Problem 422 for a cursor of another list */
  async oldest(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<CoveredDocument>> {
    const text = keyOfCursor(listName, cursor, (key) => keyOf(key) !== null);
    const after = text === null ? null : keyOf(text);
    const rows = await listSightings(this.database, accountId, after, limit + 1);
    const tooOld = tooOldAt(this.config.coverageDays.unverified, this.clock.now());
    return pageOfRows(listName, rows, limit, keyText, (row) => coveredDocument(row, tooOld));
  }
}

function keyText({ unreachableSince, verifiedAt, seenKey, id }: SightingRow): string {
  const seen = verifiedAt === null || seenKey === null ? '-infinity' : seenKey;
  return JSON.stringify([unreachableSince === null, seen, id] satisfies SightingKey);
}

function keyOf(text: string): SightingKey | null {
  try {
    return Key.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
