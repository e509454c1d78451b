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

/** The independent Slack emulator on a free port of 127.0.0.1, with scopes enforced. */
export async function startSlackEmulator(): Promise<SlackEmulator> {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    hostname: '127.0.0.1',
    seed: {
      slack: {
        strict_scopes: true,
        users: [{ name: 'tocsin' }, { name: 'outsider' }],
        channels: [{ name: 'policy-alerts' }, { name: 'old-news' }],
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
    const { channels = [] } = await slack.conversations.list();
    const id = channels.find((channel) => channel.name === name)?.id;
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
    history: async (channel = channelId) => {
      const { messages = [] } = await slack.conversations.history({ channel });
      return messages as unknown as PostedMessage[];
    },
    close: () => emulator.close(),
  };
}
