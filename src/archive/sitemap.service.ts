import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { ArchiveId, parseRowId } from '../domain/ids.js';
import { Database } from '../platform/database.js';
import { listCuts, listPart, type MapKind } from './sitemap.store.js';

/** Pages in one part of the map; search engines take 50,000 at most. */
const partSize = 10_000;

/** The pages of the archive that everybody may read, for search engines. */
@Injectable()
export class Sitemap {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicArchive'>,
  ) {}

  /** Every part: its kind, and the id before its first; null for the first part. */
  async parts(): Promise<{ kind: MapKind; after: string | null }[]> {
    const parts: { kind: MapKind; after: string | null }[] = [];
    for (const kind of this.kinds()) {
      const cuts = await listCuts(this.database, kind, partSize);
      for (const after of [null, ...cuts]) parts.push({ kind, after });
    }
    return parts;
  }

  /** @returns null for what is no part of the map, or not for everybody */
  async part(kind: string, after: string | null): Promise<{ id: string; changedAt: string }[] | null> {
    const known = this.kinds().find((one) => one === kind);
    if (known === undefined) return null;
    const isId =
      after === null || (known === 'changes' ? parseRowId(after) : ArchiveId.safeParse(after).success);
    if (!isId) return null;
    const rows = await listPart(this.database, known, after, partSize);
    return rows.map(({ id, changedAt }) => ({ id, changedAt: changedAt.toISOString() }));
  }

  private kinds(): readonly MapKind[] {
    return this.config.publicArchive === 'open'
      ? ['entities', 'documents', 'provisions', 'changes']
      : ['changes'];
  }
}
