import { Injectable } from '@nestjs/common';
import type { Standing } from '../domain/alert-content.js';
import type { ChangeRecord } from '../domain/change-view.js';
import { rankOf, type Severity } from '../domain/severity.js';
import { Database } from '../platform/database.js';
import { findNeighbours, rateOthers } from './change-context.store.js';

/** One change of the same provision. */
export type Neighbour = { id: string; time: string };

/** Where a change stands in the archive. */
export type ChangeContext = {
  former: Neighbour | null;
  latter: Neighbour | null;
  /**
   * How the ratings before and after compare with other entities' clauses of this type as they are rated now; null for a
   * side that is not in force.
   */
  standing: { before: Standing | null; after: Standing | null };
};

/** What lies around a change: its provision's other changes, and others' clauses of its type. */
@Injectable()
export class ChangeContexts {
  constructor(private readonly database: Database) {}

  async of({ id, entity, provision, delta }: ChangeRecord): Promise<ChangeContext> {
    const [{ former, latter }, others] = await Promise.all([
      findNeighbours(this.database, { provisionId: provision.id, changeId: id }),
      rateOthers(this.database, provision.clauseType, entity.id),
    ]);
    const standing = (severity: Severity | null): Standing | null => {
      if (severity === null) return null;
      const rank = rankOf(severity);
      const count = (test: (other: number) => boolean) =>
        others.filter((other) => test(other.rank)).reduce((sum, other) => sum + other.count, 0);
      return {
        lower: count((other) => other < rank),
        equal: count((other) => other === rank),
        higher: count((other) => other > rank),
      };
    };
    const place = (one: typeof former) => one && { id: one.id, time: one.time.toISOString() };
    return {
      former: place(former),
      latter: place(latter),
      standing: { before: standing(delta.before), after: standing(delta.after) },
    };
  }
}
