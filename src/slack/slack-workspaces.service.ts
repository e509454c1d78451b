import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { disableAndTell } from '../deliveries/destination-health.js';
import { parseRowId, type AccountId, type DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { givenUpReason, removedReason, uninstalledReason } from './slack-reasons.js';
import { SlackTokens } from './slack-tokens.js';
import { SlackWebApi } from './slack-web-api.js';
import {
  deleteWorkspace,
  findWorkspace,
  listWorkspaces,
  lockTeam,
  removeTeam,
} from './slack-workspace.store.js';
import type { SlackWorkspace, SlackWorkspaceId } from './slack-workspace.js';
import { disableQuietly, lockAtWork, type WorkspaceDestination } from './workspace-destination.store.js';

const listName = 'slack-workspaces';

/** The Slack workspaces of accounts, and their end. */
@Injectable()
export class SlackWorkspacesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: SlackTokens,
    private readonly slack: SlackWebApi,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** In the order in which they were added first. */
  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<SlackWorkspace>> {
    const after = keyOfCursor(listName, cursor, (key) => parseRowId(key) !== null);
    const rows = await listWorkspaces(this.database, accountId, after, limit + 1);
    return pageOfRows(
      listName,
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  async get(accountId: AccountId, id: SlackWorkspaceId): Promise<SlackWorkspace> {
    const workspace = await findWorkspace(this.database, accountId, id);
    if (!workspace) throw notFound('workspace');
    return workspace;
  }

  /**
   * Gives a workspace up: its destinations are disabled, and its token is forgotten, and revoked too unless another account uses
   * the app in the same workspace, which has the same token. To add it again puts them back to work.
   */
  async remove(accountId: AccountId, id: SlackWorkspaceId): Promise<void> {
    const token = await this.tokens.openableTokenOf(id);
    const isLast = await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      const team = await lockTeam(tx, accountId, id);
      const given = team.find((one) => one.id === id);
      if (!given) throw notFound('workspace');
      await deleteWorkspace(tx, id);
      const atWork = await lockAtWork(tx, [id]);
      const reason = givenUpReason(given.teamName);
      await disableQuietly(tx, new Map(atWork.map((one) => [one.id, reason])));
      return given.isActive && !team.some((one) => one.id !== id && one.isActive);
    });
    if (isLast && token !== null) await this.revoke(id, token);
  }

  /**
   * Takes the workspaces of a team out of work, of all accounts, since the app was uninstalled there. Each owner of destinations
   * there is told by one mail. Again, or about an installation before the present one, it changes nothing.
   *
   * @param at when Slack says that it happened
   */
  async noteUninstalled(teamId: string, at: Date): Promise<void> {
    const removed = await this.database.transaction(async (tx) => {
      const workspaces = await removeTeam(tx, teamId, at, removedReason);
      const atWork = await lockAtWork(
        tx,
        workspaces.map(({ id }) => id),
      );
      const { told, quiet } = reasonsFor(workspaces, atWork);
      if (quiet.size > 0) await disableQuietly(tx, quiet);
      if (told.size > 0) await disableAndTell(tx, told, this.clock.now());
      return workspaces.map(({ id }) => id);
    });
    if (removed.length > 0) this.log.info({ workspaceIds: removed }, 'Slack app uninstalled');
  }

  /** That it fails changes nothing here: nobody has the token any more. */
  private async revoke(workspaceId: SlackWorkspaceId, token: string): Promise<void> {
    const answer = await this.slack.revoke(token);
    if (answer.kind === 'ok') return;
    const code = answer.kind === 'refused' ? answer.code : answer.kind;
    this.log.warn({ workspaceId, code }, 'Slack did not revoke the token of a workspace');
  }
}

/** Why each destination goes out of work: of one a workspace its owner is told, and of how many others. */
function reasonsFor(
  workspaces: readonly { id: SlackWorkspaceId; teamName: string }[],
  atWork: readonly WorkspaceDestination[],
) {
  const told = new Map<DestinationId, string>();
  const quiet = new Map<DestinationId, string>();
  for (const { id, teamName } of workspaces) {
    const [first, ...others] = atWork.filter(({ workspace }) => workspace === id);
    const reason = uninstalledReason(teamName, others.length + 1);
    if (first) told.set(first.id, reason);
    for (const other of others) quiet.set(other.id, reason);
  }
  return { told, quiet };
}
