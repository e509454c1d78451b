import type { Content } from '../../domain/content.js';
import type { Outcome } from '../../domain/outcome.js';
import type { Channel, CheckedSettings } from '../channel.js';
import type { SlackText } from './message-arguments.js';
import { alertTemplate } from './slack-alert.js';
import { postedMessage, SlackBot, type PostedMessage } from './slack-bot.js';
import { slackApiUrl } from './slack-client.js';
import { fillMessage, type SlackMessage, type SlackTemplate } from './slack-message.js';
import { coverageTemplate } from './slack-coverage.js';
import { digestTemplate } from './slack-digest.js';
import { echoTemplate } from './slack-echo.js';
import { isWebhookUrl, slackSettings, type SlackSettings } from './slack-settings.js';
import { summaryTemplate } from './slack-summary.js';
import { testTemplate } from './slack-test-message.js';
import { SlackTransport } from './slack-transport.js';
import { postToWebhook } from './slack-webhook.js';
import type { SlackWorkspaces } from './slack-workspaces.js';

type SlackOptions = {
  /** An emulator in place of Slack (`SLACK_API_URL`); an origin alone stands for its `/api/`. */
  apiUrl?: string | undefined;
  /** How long an attempt may take. */
  timeoutMs?: number;
  /** Most messages a second in one channel; null, as when left out, for no limit. */
  perSecond?: number | null;
  /** The tokens of workspaces that destinations name; without, there are none. */
  workspaces?: SlackWorkspaces | undefined;
};

const removedWorkspace: Outcome = {
  kind: 'permanent',
  disable: true,
  reason: 'The app was removed from the workspace: add it again.',
};

const reinstalled: Outcome = { kind: 'retry', reason: 'The app was added to the workspace anew meanwhile.' };

const unknownWorkspace: CheckedSettings<SlackSettings> = {
  kind: 'unfit',
  path: 'workspace',
  message: 'must be the id of one of your workspaces, see GET /v1/slack/workspaces',
};

const unknownMessage: Outcome = {
  kind: 'permanent',
  reason: 'The destination has another kind of settings now.',
};

type BotSettings = Exclude<SlackSettings, { webhookUrl: string }>;

/** Alerts as messages in Slack: through a bot token, or an incoming webhook. */
export function slackChannel(options: SlackOptions): Channel<SlackSettings, SlackTemplate, SlackMessage> {
  const apiUrl = options.apiUrl === undefined ? undefined : slackApiUrl(options.apiUrl);
  const transport = new SlackTransport(options.timeoutMs ?? 10_000);
  const tokenOf = async (settings: BotSettings): Promise<string | null> =>
    settings.token ?? (await options.workspaces?.tokenOf(settings.workspace)) ?? null;
  return {
    kind: 'slack',
    concurrency: { attempts: 64, ofOneEndpoint: { first: 2, most: 4 } },
    pace: options.perSecond ? { perSecond: options.perSecond, of: 'destination' } : null,
    endpoint: () => null,
    sumsUp: true,
    sharesEndpoint: false,
    settingsSchema: slackSettings(apiUrl),
    secretSettings: ['token', 'webhookUrl'],
    signs: false,
    // Who holds the token or the address of a webhook was let into the workspace: there is nothing left to confirm.
    addressToConfirm: () => null,
    check: async (settings, accountId) => {
      if (settings.workspace === undefined) return { kind: 'fit', settings };
      return (await options.workspaces?.check?.(accountId, settings)) ?? unknownWorkspace;
    },
    render: async (content) => templateOf(content),
    fill: fillMessage,
    send: async (message, { settings }, context) => {
      if (settings.webhookUrl === undefined) {
        const token = await tokenOf(settings);
        if (token === null) return removedWorkspace;
        const bot = new SlackBot(transport, apiUrl, { token, channel: settings.channel }, context.signal);
        const outcome = await bot.post(
          textFor(settings, message),
          threadIn(settings.channel, context.thread),
        );
        if (outcome.kind !== 'permanent' || !outcome.disable) return outcome;
        // The app may have been installed again while this was on its way, and the old token has ended by that.
        const current = await tokenOf(settings);
        return current === null || current === token ? outcome : reinstalled;
      }
      // Checked again, because the address may have been taken while an emulator was configured.
      if (!isWebhookUrl(settings.webhookUrl, apiUrl)) {
        return { kind: 'permanent', disable: true, reason: 'The address is no incoming webhook of Slack’s.' };
      }
      return postToWebhook(transport, settings.webhookUrl, message, context);
    },
    update: async (message, { settings }, { providerId, signal }) => {
      const posted = postedMessage(providerId);
      // Nothing that was posted to a webhook is kept: the settings were others then.
      if (settings.webhookUrl !== undefined || posted === null) return unknownMessage;
      const token = await tokenOf(settings);
      if (token === null) return removedWorkspace;
      const bot = new SlackBot(transport, apiUrl, { token, channel: posted.channel }, signal);
      return bot.update(posted, textFor(settings, message));
    },
    close: () => transport.close(),
  };
}

/** Buttons only where a click on them calls us: from an app that was added to the workspace by this service. */
function textFor({ workspace }: BotSettings, { deliveryId, text, blocks, acting }: SlackMessage): SlackText {
  return { deliveryId, text, blocks: workspace === undefined ? blocks : acting(workspace) };
}

/** A thread of another channel than the destination's is none: it was given another one since. */
function threadIn(channel: string, providerId: string | null | undefined): PostedMessage | null {
  const posted = providerId ? postedMessage(providerId) : null;
  const isId = /^[CG][A-Z0-9]+$/.test(channel);
  return posted !== null && isId && posted.channel !== channel ? null : posted;
}

function templateOf(content: Content): SlackTemplate {
  switch (content.kind) {
    case 'alert':
      return alertTemplate(content);
    case 'test':
      return testTemplate(content);
    case 'summary':
      return summaryTemplate(content);
    case 'confirm':
    case 'notice':
    case 'sign-in':
      throw new RangeError('Slack destinations are not confirmed, and what is for owners alone goes by mail');
    case 'digest':
      return digestTemplate(content);
    case 'echo':
      return echoTemplate(content);
    case 'coverage':
      return coverageTemplate(content);
    default:
      return content satisfies never;
  }
}
