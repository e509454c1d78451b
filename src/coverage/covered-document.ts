import { unreachableView } from '../domain/unreachable-view.js';
import type { CoveredDocument } from './coverage-view.js';
import type { FollowedRow } from './coverage.store.js';

const dayMs = 86_400_000;

/** When a document that was last seen then or before counts as not seen for too long. @param days of the setting; 0 for never */
export function tooOldAt(days: number, now: Date): Date | null {
  return days > 0 ? new Date(now.getTime() - days * dayMs) : null;
}

/** A followed document, as the API and the pages show it. */
export function coveredDocument(row: FollowedRow, tooOld: Date | null): CoveredDocument {
  return {
    document: { id: row.id, title: row.title, url: row.url },
    entity: { id: row.entityId, name: row.entityName },
    state: stateOf(row, tooOld),
    lastVerified: row.verifiedAt?.toISOString() ?? null,
    unreachable: unreachableView(row.unreachableSince, row.detail),
  };
}

function stateOf({ verifiedAt, reportsChecks, unreachableSince }: FollowedRow, tooOld: Date | null) {
  if (unreachableSince !== null) return 'unreachable';
  if (!reportsChecks || verifiedAt === null) return 'unknown';
  return tooOld !== null && verifiedAt <= tooOld ? 'unverified' : 'ok';
}
