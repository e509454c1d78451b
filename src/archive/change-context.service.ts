import { Injectable } from '@nestjs/common';
import type { Standing } from '../domain/alert-content.js';
import { deltaOfRanks, type SeverityDelta } from '../domain/delta.js';
import type { ChangeRecord } from '../domain/change-view.js';
import { rankOf, type Severity } from '../domain/severity.js';
import { Database } from '../platform/database.js';
import { findNeighbours, rateOthers } from './change-context.store.js';
import { findSiblings, findUndone } from './revision-siblings.store.js';

/** A revision of hundreds of changes is read in the document's own list. */
const mostSiblings = 12;
const mostUndone = 5;

/** One change of the same provision. */
export type Neighbour = { id: string; time: string };

/** Another change of the same revision. */
export type Sibling = { id: string; title: string; delta: SeverityDelta };

/** Where a change stands in the archive. */
export type ChangeContext = {
  former: Neighbour | null;
  latter: Neighbour | null;
  /** The changes that it took back, the newest first. */
  undoes: readonly Neighbour[];
  /** What came with it in one revision of the document: at most 12, and whether there are more. */
  siblings: { items: readonly Sibling[]; isWhole: boolean };
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
    const [{ former, latter }, others, siblings, undone] = await Promise.all([
      findNeighbours(this.database, { provisionId: provision.id, changeId: id }),
      rateOthers(this.database, provision.clauseType, entity.id),
      findSiblings(this.database, id, mostSiblings + 1),
      findUndone(this.database, id, mostUndone),
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
    const place = (one: { id: string; time: Date }) => ({ id: one.id, time: one.time.toISOString() });
    return {
      former: former && place(former),
      latter: latter && place(latter),
      undoes: undone.map(place),
      siblings: {
        items: siblings.slice(0, mostSiblings).map(({ id: sibling, labels, ...row }) => ({
          id: sibling,
          title: labels.provision.title,
          delta: deltaOfRanks(row.kind, row.beforeRank, row.afterRank),
        })),
        isWhole: siblings.length <= mostSiblings,
      },
      standing: { before: standing(delta.before), after: standing(delta.after) },
    };
  }
}
