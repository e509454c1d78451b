import type { AccountId } from '../domain/ids.js';
import type { Sql, Transaction } from '../platform/database.js';
import type { SlackWorkspace, SlackWorkspaceId } from './slack-workspace.js';

/** The workspaces of an account, in the order of ids. Index: that on (account_id, team_id). $1 account, $2 after this id or
 * null, $3 limit. */
const LIST_WORKSPACES = `
  select id, team_id as "teamId", team_name as "teamName", status, reason, installed_at as "installedAt"
  from slack_workspace
  where account_id = $1 and status <> 'deleted' and id > coalesce($2::bigint, 0)
  order by id limit $3`;

/** $1 account, $2 workspace. Index: the primary key. */
const FIND_WORKSPACE = `
  select id, team_id as "teamId", team_name as "teamName", status, reason, installed_at as "installedAt"
  from slack_workspace where account_id = $1 and id = $2 and status <> 'deleted'`;

/** What a message is posted with. $1 workspace. Index: the primary key. */
const FIND_SEALED = `
  select account_id as "accountId", team_id as "teamId", sealed from slack_workspace
  where id = $1 and sealed is not null`;

/**
 * All that accounts have of the team of one of the account's workspaces, locked in the order of ids: of two accounts that give up
 * the same team at once, the second finds itself to be the last. Index: slack_workspace_team. $1 account, $2 workspace.
 */
const LOCK_TEAM = `
  select id, team_name as "teamName", status = 'active' as "isActive" from slack_workspace
  where team_id = (
    select team_id from slack_workspace where account_id = $1 and id = $2 and status <> 'deleted')
  order by id for update`;

/** Adds a team, or gives the one that was added before another token. $1 account, $2 team, $3 its name, $4 sealed, $5 now. */
const PUT_WORKSPACE = `
  insert into slack_workspace (account_id, team_id, team_name, status, sealed, installed_at)
  values ($1, $2, $3, 'active', $4, $5)
  on conflict (account_id, team_id) do update
    set team_name = excluded.team_name, status = 'active', reason = null, sealed = excluded.sealed,
      installed_at = excluded.installed_at
  returning id`;

/** $1 workspace. */
const DELETE_WORKSPACE = `update slack_workspace set status = 'deleted', reason = null, sealed = null where id = $1`;

/**
 * Ends what was given before a time, of whatever account. Slack tells times in whole seconds; nobody adds a workspace again
 * within the second in which it ended. Index: slack_workspace_team. $1 team, $2 time, $3 reason.
 * @returns those that it ended
 */
const REMOVE_TEAM = `
  with given as (
    select id from slack_workspace where team_id = $1 and status = 'active' and date_trunc('second', installed_at) <= $2
    order by id for update
  )
  update slack_workspace w set status = 'removed', reason = $3, sealed = null from given where w.id = given.id
  returning w.id, w.team_name as "teamName"`;

type WorkspaceRow = Omit<SlackWorkspace, 'installedAt'> & { installedAt: Date };

export type SealedToken = { accountId: AccountId; teamId: string; sealed: Buffer };

export async function listWorkspaces(
  sql: Sql,
  accountId: AccountId,
  after: string | null,
  limit: number,
): Promise<SlackWorkspace[]> {
  return (await sql.query<WorkspaceRow>(LIST_WORKSPACES, [accountId, after, limit])).map(shown);
}

/** @returns null when the account has no such workspace */
export async function findWorkspace(
  sql: Sql,
  accountId: AccountId,
  id: SlackWorkspaceId,
): Promise<SlackWorkspace | null> {
  const [row] = await sql.query<WorkspaceRow>(FIND_WORKSPACE, [accountId, id]);
  return row ? shown(row) : null;
}

/** @returns null when the workspace is not at work */
export async function findSealed(sql: Sql, id: SlackWorkspaceId): Promise<SealedToken | null> {
  const [row] = await sql.query<SealedToken>(FIND_SEALED, [id]);
  return row ?? null;
}

/** @returns empty when the account has no such workspace */
export async function lockTeam(
  tx: Transaction,
  accountId: AccountId,
  id: SlackWorkspaceId,
): Promise<{ id: SlackWorkspaceId; teamName: string; isActive: boolean }[]> {
  return tx.query(LOCK_TEAM, [accountId, id]);
}

export async function putWorkspace(
  tx: Transaction,
  given: { accountId: AccountId; teamId: string; teamName: string; sealed: Buffer },
  now: Date,
): Promise<SlackWorkspaceId> {
  const { accountId, teamId, teamName, sealed } = given;
  const [row] = await tx.query<{ id: SlackWorkspaceId }>(PUT_WORKSPACE, [
    accountId,
    teamId,
    teamName,
    sealed,
    now,
  ]);
  if (!row) throw new Error('putting a workspace gave no row back');
  return row.id;
}

export async function deleteWorkspace(tx: Transaction, id: SlackWorkspaceId): Promise<void> {
  await tx.execute(DELETE_WORKSPACE, [id]);
}

export async function removeTeam(
  tx: Transaction,
  teamId: string,
  until: Date,
  reason: string,
): Promise<{ id: SlackWorkspaceId; teamName: string }[]> {
  return tx.query(REMOVE_TEAM, [teamId, until, reason]);
}

function shown(row: WorkspaceRow): SlackWorkspace {
  return { ...row, installedAt: row.installedAt.toISOString() };
}
