import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ArchiveId } from '../domain/ids.js';
import { severityOf, type Severity } from '../domain/severity.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page } from '../platform/http/page.js';
import { listElsewhere, pageOfType, type RatedRow, type TypeKey } from './clause-types.store.js';
import { listName } from './list-name.js';

const Key = z.tuple([z.int().min(1).max(3), ArchiveId, ArchiveId]);

/** One provision among those of its clause type. */
export type RatedProvision = {
  id: string;
  title: string;
  severity: Severity | null;
  entity: { id: string; name: string };
  document: { id: string; title: string };
};

/** How a kind of clause is rated wherever it stands. */
@Injectable()
export class ClauseTypesService {
  constructor(private readonly database: Database) {}

  /** What is in force, the gravest first, then by entity. @throws Problem 422 for a cursor of another type or list */
  async page(slug: string, limit: number, cursor: string | undefined): Promise<Page<RatedProvision>> {
    const name = listName('clause-type', [slug]);
    const key = keyOfCursor(name, cursor, (text) => keyOf(text) !== null);
    const rows = await pageOfType(this.database, slug, key === null ? null : keyOf(key), limit + 1);
    return pageOfRows(name, rows, limit, (row) => JSON.stringify([row.rank, row.entityId, row.id]), ratedOf);
  }

  /** The gravest that other entities have. */
  async elsewhere(slug: string, entityId: string, limit: number): Promise<RatedProvision[]> {
    return (await listElsewhere(this.database, slug, entityId, limit)).map(ratedOf);
  }
}

function ratedOf(row: RatedRow): RatedProvision {
  return {
    id: row.id,
    title: row.title,
    severity: severityOf(row.rank),
    entity: { id: row.entityId, name: row.entityName },
    document: { id: row.documentId, title: row.documentTitle },
  };
}

function keyOf(text: string): TypeKey | null {
  try {
    const key = Key.safeParse(JSON.parse(text));
    return key.success ? key.data : null;
  } catch {
    return null;
  }
}
