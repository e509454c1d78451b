import { WebClient } from '@slack/web-api';
import { ShownMessages } from '../../../src/deliveries/shown-messages.service.js';
import type { AccountId } from '../../../src/domain/ids.js';
import { secretBox } from '../../../src/platform/secret-box.js';
import { SECRETS, type Secrets } from '../../../src/platform/secrets.js';
import { slackSignature } from '../../../src/slack/slack-signature.js';
import { SlackTokens } from '../../../src/slack/slack-tokens.js';
import { startApp, type Answer, type TestAccount, type TestApp } from '../../support/app.js';
import { startSlackEmulator, type PostedMessage, type SlackEmulator } from '../../support/slack-emulator.js';
import { watch } from '../../support/watching.js';

const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';

/** Somebody in Slack who clicks. */
export const kim = 'U0KIM0001';

export type ClickOn = {
  message: PostedMessage;
  /** `acknowledge`, `mute` or `open`. */
  action: string;
  /** Which of a list's options; the first unless told. */
  option?: number;
  team?: string;
  channel?: string;
  more?: Record<string, unknown>;
};

/** The service with a Slack of its own, and accounts whose alerts go there. */
export class SlackStage {
  private constructor(
    readonly app: TestApp,
    readonly slack: SlackEmulator,
    private readonly client: WebClient,
  ) {}

  static async open(logTo?: { write(line: string): void }): Promise<SlackStage> {
    const slack = await startSlackEmulator();
    const environment = {
      SLACK_API_URL: slack.apiUrl,
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'a client secret',
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_PER_S: '0',
      ...(logTo && { LOG_LEVEL: 'info' }),
    };
    const app = await startApp(environment, logTo);
    return new SlackStage(app, slack, new WebClient(slack.token, { slackApiUrl: slack.apiUrl }));
  }

  async close(): Promise<void> {
    await this.app.stop();
    await this.slack.close();
  }

  /** The row of a workspace as "Add to Slack" makes it. @returns its id */
  async addWorkspace(account: TestAccount, team: string): Promise<string> {
    const { secretKey } = this.app.app.get<Secrets>(SECRETS);
    const tokens = new SlackTokens(this.app.database, secretBox(secretKey));
    const sealed = tokens.seal(account.id as AccountId, team, this.slack.token);
    const [row] = await this.app.database.query<{ id: string }>(
      `insert into slack_workspace (account_id, team_id, team_name, status, sealed, installed_at)
       values ($1, $2, 'Harbour', 'active', $3, $4) returning id`,
      [account.id, team, sealed, this.app.clock.now()],
    );
    return row!.id;
  }

  /** @returns the destination's id */
  async destination(account: TestAccount, settings: Record<string, string>): Promise<string> {
    const body = { kind: 'slack', settings };
    const made = await this.app.call('POST', '/v1/destinations', { token: account.token, body });
    if (made.status !== 201) throw new Error(`the destination was refused: ${made.text}`);
    return made.body.id;
  }

  /** An account whose alerts about an entity go to a channel of its workspace. */
  async reader(entity: string, team = `T${entity.toUpperCase()}`) {
    const account = await this.app.createAccount();
    const workspace = await this.addWorkspace(account, team);
    const destinationId = await this.destination(account, { workspace, channel: this.slack.channel.id });
    const list = await watch(this.app, account, [['entity', entity]], { destinationIds: [destinationId] });
    return { account, workspace, destinationId, team, list };
  }

  /** What stands in the channel, the newest first: of a thread only its first message. */
  async inChannel(): Promise<PostedMessage[]> {
    return (await this.slack.history()).filter(
      ({ thread_ts: thread, ts }) => thread === undefined || thread === ts,
    );
  }

  /** The answers to a message, the oldest first. */
  async answers({ ts }: PostedMessage): Promise<PostedMessage[]> {
    const channel = this.slack.channel.id;
    const { messages = [] } = await this.client.conversations.replies({ channel, ts: String(ts) });
    return (messages as unknown as PostedMessage[]).filter((one) => one['ts'] !== ts);
  }

  async channelOf(name: string): Promise<string> {
    const { channels = [] } = await this.client.conversations.list();
    return channels.find((one) => one.name === name)?.id ?? '';
  }

  async delete({ ts }: PostedMessage): Promise<void> {
    await this.client.chat.delete({ channel: this.slack.channel.id, ts: String(ts) });
  }

  /** What Slack would send of a click. */
  payload({ message, action, option = 0, team = '', channel, more }: ClickOn): Record<string, unknown> {
    const element = elementOf(message, action);
    const selected = element.options?.[option];
    return {
      type: 'block_actions',
      team: { id: team, domain: 'harbour' },
      user: { id: kim, username: 'kim', team_id: team },
      container: {
        type: 'message',
        message_ts: message['ts'],
        channel_id: channel ?? this.slack.channel.id,
        is_ephemeral: false,
      },
      actions: [
        {
          type: element.type,
          action_id: action,
          block_id: 'b1',
          ...(element.value !== undefined && { value: element.value }),
          ...(selected && { selected_option: selected }),
        },
      ],
      ...more,
    };
  }

  /** Sends a click, signed, and waits until messages are brought up to date. */
  async click(of: ClickOn): Promise<Answer> {
    return this.send(this.payload(of));
  }

  async send(payload: unknown, at = this.seconds()): Promise<Answer> {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const answer = await this.app.call('POST', '/slack/interactions', {
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': at,
        'x-slack-signature': slackSignature(signingSecret, at, Buffer.from(body)),
      },
    });
    await this.app.app.get(ShownMessages, { strict: false }).settled();
    return answer;
  }

  /** Posts a call of the API, and waits until messages are brought up to date. */
  async settled<Result>(work: Promise<Result>): Promise<Result> {
    const result = await work;
    await this.app.app.get(ShownMessages, { strict: false }).settled();
    return result;
  }

  seconds(): string {
    return String(Math.floor(this.app.clock.now().getTime() / 1_000));
  }
}

type Element = {
  type: string;
  action_id: string;
  value?: string;
  url?: string;
  options?: { value: string }[];
};

export function elementsOf(message: PostedMessage): Element[] {
  const blocks = (message.blocks ?? []) as { type: string; elements?: Element[] }[];
  return blocks.filter(({ type }) => type === 'actions').flatMap(({ elements = [] }) => elements);
}

function elementOf(message: PostedMessage, action: string): Element {
  const found = elementsOf(message).find(({ action_id: id }) => id === action);
  if (!found) throw new Error(`the message has no "${action}"`);
  return found;
}

/** All that a message says, in one text; users and times by their id and fallback. */
export function saidBy({ blocks = [] }: PostedMessage): string {
  const parts: string[] = [];
  JSON.stringify(blocks, (key, value: unknown) => {
    if (['text', 'user_id', 'fallback'].includes(key) && typeof value === 'string') parts.push(value);
    return value;
  });
  return parts.join(' ');
}
