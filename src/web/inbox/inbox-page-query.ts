import { z } from 'zod';
import { AlertState, type InboxQuery } from '../../alerts/inbox-filters.js';
import { ArchiveId } from '../../domain/ids.js';
import { Severity } from '../../domain/severity.js';
import { queryOf } from '../form/query.js';

/** What the address of the inbox says; what makes no sense there is passed over. */
export const InboxPageQuery = z.object({
  entity: ArchiveId.optional().catch(undefined),
  severity: Severity.optional().catch(undefined),
  state: AlertState.or(z.literal('all')).catch('new'),
  cursor: z.string().max(1_000).optional().catch(undefined),
  said: z.string().optional().catch(undefined),
});
export type InboxPageQuery = z.infer<typeof InboxPageQuery>;

type Filters = Pick<InboxPageQuery, 'entity' | 'severity' | 'state'>;

const alertsOnPage = 50;

/** The same as the inbox is asked for it. */
export function inboxQueryOf({ entity, severity, state, cursor }: InboxPageQuery): InboxQuery {
  return { entity, severity, state: state === 'all' ? undefined : state, limit: alertsOnPage, cursor };
}

/** The address of the inbox, or of what acts on it, with the same filters. @param more such as a cursor */
export function inboxPath(
  { entity, severity, state }: Filters,
  more: Readonly<Record<string, string>> = {},
  path: `/${string}` = '/inbox',
): `/${string}` {
  return `${path}${queryOf({ state: state === 'new' ? null : state, severity, entity, ...more })}`;
}
