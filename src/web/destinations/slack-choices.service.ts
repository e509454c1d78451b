import { Injectable } from '@nestjs/common';
import { Problem } from '../../platform/http/problem.js';
import type { AccountId } from '../../domain/ids.js';
import type { SlackChannel } from '../../slack/channel-list.js';
import { SlackChannelsService } from '../../slack/slack-channels.service.js';
import { SlackInstallationsService } from '../../slack/slack-installations.service.js';
import type { SlackWorkspace } from '../../slack/slack-workspace.js';
import { SlackWorkspacesService } from '../../slack/slack-workspaces.service.js';
import { textOf, type Fields } from '../form/fields.js';

export type SlackWay = 'workspace' | 'token' | 'webhook';

/** What there is to choose from when a Slack destination is set up. */
export type SlackChoices = {
  way: SlackWay;
  /** Whether this installation has a Slack app, by which workspaces can be added. */
  isOffered: boolean;
  workspaces: readonly SlackWorkspace[];
  /** Whose channels are shown; null where there is none at work. */
  workspace: SlackWorkspace | null;
  search: string;
  channels: readonly SlackChannel[];
  /** Whether more channels fit than are shown: a narrower search finds them. */
  isCut: boolean;
  /** Why no channels are shown, in words; null when they are. */
  fault: string | null;
};

const mostWorkspaces = 200;
const mostChannels = 30;

/** Looks up what a form for Slack offers. */
@Injectable()
export class SlackChoicesService {
  constructor(
    private readonly installations: SlackInstallationsService,
    private readonly workspaces: SlackWorkspacesService,
    private readonly channels: SlackChannelsService,
  ) {}

  /** @param asked fields or a query: `way`, `workspace` and `search` */
  async of(accountId: AccountId, asked: Fields): Promise<SlackChoices> {
    const { isOffered } = this.installations;
    const { items: workspaces } = await this.workspaces.list(accountId, { limit: mostWorkspaces });
    const way = wayOf(textOf(asked, 'way'), isOffered || workspaces.length > 0);
    const atWork = workspaces.filter(({ status }) => status === 'active');
    const workspace = atWork.find(({ id }) => id === textOf(asked, 'workspace')) ?? atWork[0] ?? null;
    const search = textOf(asked, 'search').slice(0, 80);
    const found =
      way === 'workspace' && workspace !== null
        ? await this.find(accountId, workspace, search)
        : { channels: [], isCut: false, fault: null };
    return { way, isOffered, workspaces, workspace, search, ...found };
  }

  /** Slack may be down or busy: a channel can be named by its id all the same. */
  private async find(accountId: AccountId, { id }: SlackWorkspace, search: string) {
    try {
      const page = await this.channels.find(accountId, id, { search, limit: mostChannels });
      const isCut = page.nextCursor !== null || !page.isComplete;
      return { channels: page.items, isCut, fault: null };
    } catch (error) {
      if (!(error instanceof Problem) || ![409, 429, 503].includes(error.status)) throw error;
      const words =
        error.status === 409
          ? 'Slack does not show the channels of this workspace. Add the workspace again, or name the channel by its id.'
          : error.message;
      return { channels: [], isCut: false, fault: words };
    }
  }
}

function wayOf(asked: string, hasWorkspaces: boolean): SlackWay {
  if (asked === 'workspace' || asked === 'token' || asked === 'webhook') return asked;
  return hasWorkspaces ? 'workspace' : 'token';
}
