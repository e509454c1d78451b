import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { slackClient } from '../channels/slack/slack-client.js';
import { askSlack, type SlackAnswer } from './slack-answer.js';
import { SlackFetch } from './slack-fetch.js';

/** Slack takes no more: "an integer under 1000". */
const channelsOfPage = 999;

/** No message has this time, so that asking for it tells of the channel alone. */
const noMessage = '1000000000.000001';

/** Without a team it is an installation for a whole enterprise organization. */
const Grant = z.object({
  access_token: z.string().min(1),
  token_type: z.literal('bot'),
  team: z.object({ id: z.string().min(1), name: z.string() }).nullish(),
  /** There when the app has token rotation on: the token ends within hours. */
  refresh_token: z.string().optional(),
});
export type Grant = z.infer<typeof Grant>;

const Channel = z.object({
  id: z.string(),
  name: z.string(),
  is_archived: z.boolean().default(false),
  is_member: z.boolean().default(false),
  num_members: z.int().optional(),
});
const ChannelPage = z.object({
  channels: z.array(Channel),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
export type SlackChannelPage = z.infer<typeof ChannelPage>;
const ChannelInfo = z.object({ channel: Channel });
const Nothing = z.object({});

/** The calls of Slack's Web API beside those that send messages. */
@Injectable()
export class SlackWebApi {
  private readonly requests = new SlackFetch();

  /** @param apiUrl an emulator in place of Slack; null for Slack itself */
  constructor(private readonly apiUrl: string | null) {}

  /** Exchanges the code that came back from Slack for a token. @see https://docs.slack.dev/reference/methods/oauth.v2.access */
  async exchange(
    app: { clientId: string; clientSecret: string },
    code: string,
    redirectUri: string,
  ): Promise<SlackAnswer<Grant>> {
    const given = {
      client_id: app.clientId,
      client_secret: app.clientSecret,
      code,
      redirect_uri: redirectUri,
    };
    return askSlack(Grant, async () => this.client().oauth.v2.access(given));
  }

  /** A page of the public channels that are not archived. @param cursor of the page before; null for the first */
  async listChannels(token: string, cursor: string | null): Promise<SlackAnswer<SlackChannelPage>> {
    return askSlack(ChannelPage, async () =>
      this.client(token).conversations.list({
        types: 'public_channel',
        exclude_archived: true,
        limit: channelsOfPage,
        ...(cursor === null ? {} : { cursor }),
      }),
    );
  }

  async channelInfo(token: string, channel: string): Promise<SlackAnswer<z.infer<typeof ChannelInfo>>> {
    return askSlack(ChannelInfo, async () => this.client(token).conversations.info({ channel }));
  }

  /**
   * Whether the app sees a channel at all. Of a private one that it was invited to, `conversations.info` says nothing without
   * the scope groups:read, which would show far more than is needed; a permalink needs no scope.
   *
   * @returns false when there is no such channel, or it is private and the app not in it; null when that cannot be told
   */
  async seesChannel(token: string, channel: string): Promise<boolean | null> {
    const answer = await askSlack(Nothing, async () =>
      this.client(token).chat.getPermalink({ channel, message_ts: noMessage }),
    );
    if (answer.kind === 'ok') return true;
    if (answer.kind !== 'refused') return null;
    if (answer.code === 'message_not_found') return true;
    return answer.code === 'channel_not_found' || answer.code === 'not_in_channel' ? false : null;
  }

  /** Ends a bot token: the app leaves the channels of its workspace. */
  async revoke(token: string): Promise<SlackAnswer<unknown>> {
    return askSlack(Nothing, async () => this.client(token).auth.revoke());
  }

  async close(): Promise<void> {
    await this.requests.close();
  }

  private client(token?: string) {
    return slackClient(token, { apiUrl: this.apiUrl ?? undefined, fetch: this.requests.fetch });
  }
}
