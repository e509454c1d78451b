import { Injectable } from '@nestjs/common';
import { deltaOfRanks, type SeverityDelta } from '../domain/delta.js';
import { parseRowId, type ChangeId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import {
  changesOfDocument,
  newestOfEntity,
  severitySteps,
  toTakeEffect,
  type BriefRow,
} from './brief-history.store.js';
import { listName } from './list-name.js';

/** A provision that moves daily for a year is shown whole. */
const mostSteps = 400;
const mostToTakeEffect = 20;

/** A change as a line of a list shows it. `time` is RFC 3339. */
export type BriefChange = {
  id: ChangeId;
  time: string;
  delta: SeverityDelta;
  provision: { id: string; title: string };
  document: { id: string; title: string };
  /** What it tells does not stand: it came in late, went back, or was taken back. */
  became: 'late' | 'undone' | 'retracted' | null;
};

/** One move of a provision's severity, or a change of its words alone. */
export type SeverityStep = { changeId: ChangeId; at: string; delta: SeverityDelta };

/** History without the texts: lists and charts read no wide rows and make no diffs. */
@Injectable()
export class BriefHistory {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async ofEntity(id: string, limit: number): Promise<BriefChange[]> {
    return (await newestOfEntity(this.database, id, limit)).map(briefOf);
  }

  /** All of them, newest first. @throws Problem 422 for a cursor of another document */
  async ofDocument(id: string, { limit, cursor }: PageQuery): Promise<Page<BriefChange>> {
    const name = listName('document-changes', [id]);
    const after = keyOfCursor(name, cursor, (key) => parseRowId(key) !== null);
    const rows = await changesOfDocument(this.database, id, after, limit + 1);
    return pageOfRows(name, rows, limit, (row) => row.id, briefOf);
  }

  /** Provisions of a document whose text takes effect today or later, the next first. */
  async toTakeEffect(documentId: string): Promise<{ id: string; title: string; effectiveAt: string }[]> {
    const today = this.clock.now().toISOString().slice(0, 10);
    return toTakeEffect(this.database, documentId, today, mostToTakeEffect);
  }

  /** Oldest first, the newest 400 of more; `now` is where the last one still holds. */
  async ofSeverity(provisionId: string): Promise<{ steps: SeverityStep[]; now: string; isWhole: boolean }> {
    const rows = await severitySteps(this.database, provisionId, mostSteps + 1);
    const steps = rows.slice(0, mostSteps).map((row) => ({
      changeId: row.id,
      at: row.time.toISOString(),
      delta: deltaOfRanks(row.kind, row.beforeRank, row.afterRank),
    }));
    return {
      steps: steps.toReversed(),
      now: this.clock.now().toISOString(),
      isWhole: rows.length <= mostSteps,
    };
  }
}

function briefOf(row: BriefRow): BriefChange {
  return {
    id: row.id,
    time: row.time.toISOString(),
    delta: deltaOfRanks(row.kind, row.beforeRank, row.afterRank),
    provision: { id: row.provisionId, title: row.provisionTitle },
    document: { id: row.documentId, title: row.documentTitle },
    became: row.retracted ? 'retracted' : row.late ? 'late' : row.undone ? 'undone' : null,
  };
}
