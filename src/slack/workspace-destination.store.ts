import type { DestinationId } from '../domain/ids.js';
import type { Transaction } from '../platform/database.js';
import type { SlackWorkspaceId } from './slack-workspace.js';

/**
 * The destinations of workspaces, and of their accounts, that are at work, locked in the order of ids, as all do that change several. Index:
 * destination_workspace. $1 workspaces.
 */
const LOCK_AT_WORK = `
  select t.id, t.settings ->> 'workspace' as workspace from destination t
  where t.settings ->> 'workspace' = any ($1::text[]) and t.status in ('active', 'pending')
    and t.account_id = (select w.account_id from slack_workspace w where w.id = (t.settings ->> 'workspace')::bigint)
  order by t.id for no key update`;

/** Takes destinations out of work that are locked. $1 destinations, $2 reasons. Index: the primary key. */
const DISABLE_QUIETLY = `
  update destination t set status = 'disabled', reason = given.reason
  from unnest($1::bigint[], $2::text[]) as given (id, reason) where t.id = given.id`;

/**
 * Puts back to work what of the workspace's account was disabled for the want of a token, with a clean record. Locked in the order of ids, as all do that
 * change several. Index: destination_workspace. $1 workspace, $2 the reasons that stand for it, $3 patterns of others, in lower
 * case.
 */
const ENABLE = `
  with given as (
    select id from destination
    where settings ->> 'workspace' = $1 and status = 'disabled'
      and account_id = (select account_id from slack_workspace where id = $1::bigint)
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
