import type { DestinationId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';
import type { SlackWorkspaceId } from './slack-workspace.js';

/**
 * The destinations of workspaces that are at work, locked in the order of ids, as all do that change several. Index:
 * destination_workspace. $1 workspaces.
 */
const LOCK_AT_WORK = `
  select id, settings ->> 'workspace' as workspace from destination
  where settings ->> 'workspace' = any ($1::text[]) and status in ('active', 'pending')
  order by id for no key update`;

/** Takes destinations out of work that are locked. $1 destinations, $2 reasons. Index: the primary key. */
const DISABLE_QUIETLY = `
  update destination t set status = 'disabled', reason = given.reason
  from unnest($1::bigint[], $2::text[]) as given (id, reason) where t.id = given.id`;

/**
 * Puts back to work what was disabled for the want of a token, with a clean record. Locked in the order of ids, as all do that
 * change several. Index: destination_workspace. $1 workspace, $2 the reasons that stand for it, $3 patterns of others, in lower
 * case.
 */
const ENABLE = `
  with given as (
    select id from destination
    where settings ->> 'workspace' = $1 and status = 'disabled'
      and (reason = any ($2::text[]) or lower(reason) like any ($3::text[]))
    order by id for no key update
  )
  update destination t set status = 'active', reason = null, failed_in_row = 0, failing_since = null
  from given where t.id = given.id`;

export type WorkspaceDestination = { id: DestinationId; workspace: SlackWorkspaceId };

export async function lockAtWork(
  tx: Transaction,
  workspaces: readonly SlackWorkspaceId[],
): Promise<WorkspaceDestination[]> {
  return tx.query(LOCK_AT_WORK, [workspaces]);
}

/** Without a word to their owners. */
export async function disableQuietly(
  tx: Transaction,
  reasons: ReadonlyMap<DestinationId, string>,
): Promise<void> {
  await tx.execute(DISABLE_QUIETLY, [[...reasons.keys()], [...reasons.values()]]);
}

/** @returns how many */
export async function enableDestinations(
  tx: Transaction,
  workspace: SlackWorkspaceId,
  reasons: { readonly same: readonly string[]; readonly like: readonly string[] },
): Promise<number> {
  return tx.execute(ENABLE, [workspace, reasons.same, reasons.like]);
}
