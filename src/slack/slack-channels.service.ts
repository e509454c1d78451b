import { Injectable } from '@nestjs/common';
import type { AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound, Problem } from '../platform/http/problem.js';
import {
  pageOfChannels,
  sortedChannels,
  type SlackChannel,
  type SlackChannelPage,
  type SlackChannelQuery,
} from './channel-list.js';
import { KeptChannels, type ChannelList } from './kept-channels.js';
import type { SlackAnswer } from './slack-answer.js';
import { SlackTokens } from './slack-tokens.js';
import { SlackWebApi } from './slack-web-api.js';
import { findWorkspace } from './slack-workspace.store.js';
import type { SlackWorkspaceId } from './slack-workspace.js';
import { codesOfEndedTokens } from './slack-reasons.js';

/** Slack gives 999 at a time, and allows some 20 such calls a minute. */
const mostPages = 15;

/** The channels that alerts may go to. Slack has no search, so all are read, and kept for a minute. */
@Injectable()
export class SlackChannelsService {
  private readonly kept = new KeptChannels();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: SlackTokens,
    private readonly slack: SlackWebApi,
  ) {}

  /**
   * A page of the workspace's public channels, by name.
   *
   * @throws Problem 404 when the account has no such workspace, 409 when the app was removed from it, 429 when Slack asks to wait,
   * 503 when it does not answer
   */
  async find(
    accountId: AccountId,
    id: SlackWorkspaceId,
    query: SlackChannelQuery,
  ): Promise<SlackChannelPage> {
    const workspace = await findWorkspace(this.database, accountId, id);
    if (!workspace) throw notFound('workspace');
    const token = await this.tokens.openableTokenOf(id);
    if (token === null) throw removed();
    const key = `${id} ${workspace.installedAt}`;
    const answer = await this.kept.get(key, this.clock.now(), async () => this.read(token));
    switch (answer.kind) {
      case 'ok':
        return { ...pageOfChannels(answer.value.channels, query), isComplete: answer.value.isComplete };
      case 'limited':
        throw busy(answer.afterSeconds);
      case 'refused':
        throw refusal(answer.code);
      case 'unreachable':
        throw new Problem(503, 'Slack does not answer at the moment. The request can be sent again.');
      default:
        return answer satisfies never;
    }
  }

  private async read(token: string): Promise<SlackAnswer<ChannelList>> {
    const channels: SlackChannel[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < mostPages; page++) {
      const answer = await this.slack.listChannels(token, cursor);
      if (answer.kind !== 'ok') return answer;
      for (const { id, name, is_archived, is_member, num_members } of answer.value.channels) {
        if (is_archived) continue;
        channels.push({ id, name, isMember: is_member, memberCount: num_members ?? null });
      }
      cursor = answer.value.response_metadata?.next_cursor || null;
      if (cursor === null) break;
    }
    return { kind: 'ok', value: { channels: sortedChannels(channels), isComplete: cursor === null } };
  }
}

function busy(retryAfterS: number): Problem {
  const detail = `Slack asks to wait ${retryAfterS} seconds before it lists channels again.`;
  return new Problem(429, detail, undefined, { retryAfterS });
}

function removed(): Problem {
  return new Problem(
    409,
    'The app was removed from this workspace: add it again by POST /v1/slack/installations.',
  );
}

function refusal(code: string): Problem {
  if (codesOfEndedTokens.includes(code)) return removed();
  const remedy = 'Add the workspace again by POST /v1/slack/installations, or name the channel by its id.';
  return new Problem(409, `Slack does not show the channels: ${code}. ${remedy}`);
}
