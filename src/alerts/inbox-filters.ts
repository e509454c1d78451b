import { z } from 'zod';
import { ArchiveId } from '../domain/ids.js';
import { rankOf, Severity, type Rank } from '../domain/severity.js';
import { PageQuery } from '../platform/http/page.js';

/** How an alert stands: not acknowledged yet, acknowledged, or all that it tells went back or was retracted. */
export const AlertState = z.enum(['new', 'acknowledged', 'reverted']);
export type AlertState = z.infer<typeof AlertState>;

/** Which alerts of the inbox are meant; all unless given. */
export const InboxFilters = z.object({
  entity: ArchiveId.optional(),
  severity: Severity.optional().describe('the highest severity, before or after, among its changes'),
  state: AlertState.optional().describe(
    '`reverted`: all that it tells went back or was retracted, acknowledged or not',
  ),
});
export type InboxFilters = z.infer<typeof InboxFilters>;

export const InboxQuery = PageQuery.extend(InboxFilters.shape);
export type InboxQuery = z.infer<typeof InboxQuery>;

/** The same as the ledger is asked for it. */
export type WantedAlerts = { entity: string | null; rank: Rank | null; state: AlertState | null };

export function wantedBy({ entity, severity, state }: InboxFilters): WantedAlerts {
  return {
    entity: entity ?? null,
    rank: severity === undefined ? null : rankOf(severity),
    state: state ?? null,
  };
}
