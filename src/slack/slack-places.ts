import type { CheckedSettings } from '../channels/channel.js';
import type { WorkspaceSettings } from '../channels/slack/slack-settings.js';
import type { SlackWorkspaces } from '../channels/slack/slack-workspaces.js';
import { parseRowId, type AccountId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';
import type { SlackTokens } from './slack-tokens.js';
import type { SlackWebApi } from './slack-web-api.js';
import { findWorkspace } from './slack-workspace.store.js';

type Checked = CheckedSettings<WorkspaceSettings>;

/** What the Slack channel asks about workspaces: their tokens, and whether an account may have alerts posted at a place. */
export class SlackPlaces implements SlackWorkspaces {
  constructor(
    private readonly sql: Sql,
    private readonly tokens: SlackTokens,
    private readonly slack: SlackWebApi,
  ) {}

  async tokenOf(workspaceId: string): Promise<string | null> {
    return this.tokens.tokenOf(workspaceId);
  }

  /** Where Slack cannot be asked, the place is taken as it is: the first message will tell. */
  async check(accountId: AccountId, settings: WorkspaceSettings): Promise<Checked> {
    const { workspace, channel } = settings;
    const id = parseRowId<'slack-workspace'>(workspace);
    if (id === null || !(await findWorkspace(this.sql, accountId, id))) return unknownWorkspace;
    const token = await this.tokens.openableTokenOf(workspace);
    if (token === null) return removedWorkspace;
    const answer = await this.slack.channelInfo(token, channel);
    if (answer.kind === 'ok') {
      const { name, is_archived: isArchived } = answer.value.channel;
      return isArchived ? archived : { kind: 'fit', settings: { workspace, channel, channelName: name } };
    }
    const isSeen = answer.kind === 'refused' ? await this.slack.seesChannel(token, channel) : null;
    return isSeen === false ? unknownChannel : { kind: 'fit', settings: { workspace, channel } };
  }

  async close(): Promise<void> {
    await this.slack.close();
  }
}

const unknownWorkspace: Checked = {
  kind: 'unfit',
  path: 'workspace',
  message: 'must be the id of one of your workspaces, see GET /v1/slack/workspaces',
};

const removedWorkspace: Checked = {
  kind: 'unfit',
  path: 'workspace',
  message: 'the app was removed from this workspace: add it again by POST /v1/slack/installations',
};

const archived: Checked = {
  kind: 'unfit',
  path: 'channel',
  message: 'the channel is archived: unarchive it in Slack, or choose another',
};

const unknownChannel: Checked = {
  kind: 'unfit',
  path: 'channel',
  message:
    'the app sees no such channel in this workspace: choose one of GET /v1/slack/workspaces/:id/channels. ' +
    'For a private channel, write /invite @Tocsin in it first, then send this again',
};
