import type { Config } from '../config.js';
import { outboundAgent } from '../platform/outbound/outbound-agent.js';
import type { Channel } from './channel.js';
import { emailChannel } from './email/email-channel.js';
import { slackChannel } from './slack/slack-channel.js';
import type { SlackWorkspaces } from './slack/slack-workspaces.js';
import { teamsChannel } from './teams/teams-channel.js';
import { webhookChannel } from './webhook/webhook-channel.js';

/** What channels are made with: the config, and where mail goes when it is caught. */
export type ChannelSetup = {
  config: Config;
  smtpUrl: string;
  secretKey: string;
  version: string;
  /** The return path of a delivery's mail; the sender's own address without. */
  returnPath?: ((deliveryId: string) => string) | undefined;
  /** The Slack workspaces of accounts; none without. */
  workspaces?: SlackWorkspaces | undefined;
};

/** The one list of channels: a new one is a folder and a line here. */
const channels: readonly ((setup: ChannelSetup) => Channel)[] = [
  ({ config, smtpUrl, secretKey, returnPath }) =>
    emailChannel({
      smtpUrl,
      from: config.mailFrom,
      publicUrl: config.publicUrl,
      messageIdSecret: secretKey,
      perSecond: config.perSecond.smtp,
      perDomain: config.smtpPerDomain,
      ...(config.dkim && { dkim: config.dkim }),
      ...(returnPath && { returnPath }),
    }) as Channel,
  ({ config, workspaces }) =>
    slackChannel({
      workspaces,
      perSecond: config.perSecond.slack,
      ...(config.slackApiUrl !== null && { apiUrl: config.slackApiUrl }),
    }) as Channel,
  ({ config, version }) =>
    webhookChannel({
      dispatcher: outboundAgent({ allowNetworks: config.webhookAllowNetworks, ports: config.webhookPorts }),
      ports: config.webhookPorts,
      version,
      perSecond: config.perSecond.webhook,
    }) as Channel,
  ({ config, version }) =>
    teamsChannel({
      allowNetworks: config.webhookAllowNetworks,
      ports: config.webhookPorts,
      version,
    }) as Channel,
];

/** The channels of this installation, by kind. */
export class ChannelRegistry {
  private readonly byKind: ReadonlyMap<string, Channel>;

  constructor(made: readonly Channel[]) {
    this.byKind = new Map(made.map((channel) => [channel.kind, channel]));
  }

  static of(setup: ChannelSetup): ChannelRegistry {
    return new ChannelRegistry(channels.map((make) => make(setup)));
  }

  get kinds(): string[] {
    return [...this.byKind.keys()];
  }

  get all(): Channel[] {
    return [...this.byKind.values()];
  }

  find(kind: string): Channel | undefined {
    return this.byKind.get(kind);
  }

  async close(): Promise<void> {
    await Promise.all([...this.byKind.values()].map(async (channel) => channel.close()));
  }
}
