import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';

export type PostedMessage = {
  text: string;
  blocks?: unknown[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  [field: string]: unknown;
};

export type SlackEmulator = {
  /** What `SLACK_API_URL` would be. */
  readonly apiUrl: string;
  /** May post and read everywhere. */
  readonly token: string;
  /** May read and not post. */
  readonly readOnlyToken: string;
  /** A public channel, and its name. */
  readonly channel: { id: string; name: string };
  readonly archivedChannelId: string;
  /** A private channel that `token` is not in. */
  readonly privateChannelId: string;
  readonly webhookUrl: string;
  /** Where `webhookUrl` posts. */
  readonly webhookChannelId: string;
  /** Opens the page that asks whether an app may be installed, and allows it. @returns where Slack leads back to */
  allow(authorizeUrl: string): Promise<string>;
  /** Has the app invited to a private channel, made for it. @returns its id */
  inviteToPrivate(token: string, name: string): Promise<string>;
  /** What was posted to a channel, `channel` unless told; the newest first. */
  history(channelId?: string): Promise<PostedMessage[]>;
  close(): Promise<void>;
};

const token = 'xoxb-test-0000000001';
const readOnlyToken = 'xoxb-test-0000000002';
const scopes = [
  'chat:write',
  'channels:read',
  'channels:history',
  'channels:manage',
  'groups:read',
  'groups:write',
];

type SlackSeed = {
  /** The app that may be installed. Without, the emulator takes any. */
  app?: { clientId: string; clientSecret: string; redirectUri: string };
  /** Further public channels. */
  channels?: readonly string[];
};

/** The independent Slack emulator on a free port of 127.0.0.1, with scopes enforced. */
export async function startSlackEmulator({ app, channels = [] }: SlackSeed = {}): Promise<SlackEmulator> {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    hostname: '127.0.0.1',
    seed: {
      slack: {
        strict_scopes: true,
        users: [{ name: 'tocsin' }, { name: 'outsider' }],
        channels: [{ name: 'policy-alerts' }, { name: 'old-news' }, ...channels.map((name) => ({ name }))],
        ...(app && {
          oauth_apps: [
            {
              name: 'Tocsin',
              client_id: app.clientId,
              client_secret: app.clientSecret,
              redirect_uris: [app.redirectUri],
            },
          ],
        }),
        tokens: [
          { token, user: 'tocsin', scopes },
          { token: readOnlyToken, user: 'tocsin', scopes: ['channels:history'] },
          { token: 'xoxb-test-0000000003', user: 'outsider', scopes },
        ],
      },
    },
  });
  const origin = `http://127.0.0.1:${new URL(emulator.url).port}`;
  const apiUrl = `${origin}/api/`;
  const slack = new WebClient(token, { slackApiUrl: apiUrl });
  const outsider = new WebClient('xoxb-test-0000000003', { slackApiUrl: apiUrl });

  const idOf = async (name: string) => {
    const list = await slack.conversations.list({ limit: 999 });
    const id = list.channels?.find((channel) => channel.name === name)?.id;
    if (id === undefined) throw new Error(`the emulator has no channel ${name}`);
    return id;
  };
  const channelId = await idOf('policy-alerts');
  const archivedChannelId = await idOf('old-news');
  await slack.conversations.archive({ channel: archivedChannelId });
  const secret = await outsider.conversations.create({ name: 'board-room', is_private: true });

  return {
    apiUrl,
    token,
    readOnlyToken,
    channel: { id: channelId, name: 'policy-alerts' },
    archivedChannelId,
    privateChannelId: secret.channel?.id ?? '',
    webhookUrl: `${origin}/services/T000000001/B000000001/X000000001`,
    webhookChannelId: await idOf('general'),
    async allow(authorizeUrl) {
      const page = await (await fetch(authorizeUrl)).text();
      const [form = ''] = /<form class="user-form"[\s\S]*?<\/form>/.exec(page) ?? [];
      const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&amp;', '&')],
      );
      const answer = await fetch(`${origin}/oauth/v2/authorize/callback`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams(fields),
      });
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`the emulator leads nowhere: ${page}`);
      return location;
    },
    async inviteToPrivate(botToken, name) {
      const { user_id: user } = await new WebClient(botToken, { slackApiUrl: apiUrl }).auth.test();
      const { channel } = await outsider.conversations.create({ name, is_private: true });
      if (user === undefined || channel?.id === undefined) throw new Error('the emulator made no channel');
      await outsider.conversations.invite({ channel: channel.id, users: user });
      return channel.id;
    },
    history: async (channel = channelId) => {
      const { messages = [] } = await slack.conversations.history({ channel });
      return messages as unknown as PostedMessage[];
    },
    close: () => emulator.close(),
  };
}
