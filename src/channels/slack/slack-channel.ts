import type { Content } from '../../domain/alert-content.js';
import type { Channel } from '../channel.js';
import { alertTemplate } from './slack-alert.js';
import { postAsBot } from './slack-bot.js';
import { fillMessage, type SlackMessage, type SlackTemplate } from './slack-message.js';
import { isWebhookUrl, slackSettings, type SlackSettings } from './slack-settings.js';
import { summaryTemplate } from './slack-summary.js';
import { testTemplate } from './slack-test-message.js';
import { SlackTransport } from './slack-transport.js';
import { postToWebhook } from './slack-webhook.js';

type SlackOptions = {
  /** An emulator in place of Slack (`SLACK_API_URL`); an origin alone stands for its `/api/`. */
  apiUrl?: string | undefined;
  /** How long an attempt may take. */
  timeoutMs?: number;
  /** Most messages a second in one channel; null, as when left out, for no limit. */
  perSecond?: number | null;
};

/** Alerts as messages in Slack: through a bot token, or an incoming webhook. */
export function slackChannel(options: SlackOptions): Channel<SlackSettings, SlackTemplate, SlackMessage> {
  const apiUrl = options.apiUrl === undefined ? undefined : withApiPath(options.apiUrl);
  const transport = new SlackTransport(options.timeoutMs ?? 10_000);
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
    render: async (content) => templateOf(content),
    fill: fillMessage,
    send: async (message, { settings }, context) => {
      if (settings.webhookUrl === undefined) return postAsBot(transport, apiUrl, settings, message, context);
      // Checked again, because the address may have been taken while an emulator was configured.
      if (!isWebhookUrl(settings.webhookUrl, apiUrl)) {
        return { kind: 'permanent', disable: true, reason: 'The address is no incoming webhook of Slack’s.' };
      }
      return postToWebhook(transport, settings.webhookUrl, message, context);
    },
    close: () => transport.close(),
  };
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
      throw new RangeError('Slack destinations are not confirmed, and owners get notices by mail');
    default:
      return content satisfies never;
  }
}

function withApiPath(apiUrl: string): string {
  const url = new URL(apiUrl);
  return url.pathname === '/' ? new URL('/api/', url).href : url.href;
}
