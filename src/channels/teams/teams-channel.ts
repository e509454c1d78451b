import type { Content } from '../../domain/content.js';
import type { Outcome } from '../../domain/outcome.js';
import { webPorts, type PortRange } from '../../domain/port-range.js';
import { failureOutcome } from '../../platform/outbound/failure-outcome.js';
import { outboundAgent } from '../../platform/outbound/outbound-agent.js';
import { poster } from '../../platform/outbound/post.js';
import type { Channel, SendContext, Target } from '../channel.js';
import { alertTemplate } from './teams-alert.js';
import { answerOutcome } from './teams-answers.js';
import { coverageTemplate } from './teams-coverage.js';
import { digestTemplate } from './teams-digest.js';
import { echoTemplate } from './teams-echo.js';
import { fillMessage, type TeamsMessage, type TeamsTemplate } from './teams-message.js';
import { isWebhookUrl, teamsSettings, type TeamsSettings } from './teams-settings.js';
import { summaryTemplate } from './teams-summary.js';
import { testTemplate } from './teams-test-message.js';

const requestTimeoutMs = 15_000;
const answerLimitBytes = 64 * 1_024;

/** What Microsoft allows a webhook; beyond that it answers 429. */
const perSecond = 4;

type TeamsOptions = {
  /** CIDRs where a webhook may be though they are private: for relays, and for tests. */
  allowNetworks: readonly string[];
  /** Where webhooks may go; those of the web unless told. */
  ports?: readonly PortRange[];
  /** Named in `User-Agent`. */
  version?: string;
  /** For one request, from connecting to the end of the answer. */
  timeoutMs?: number;
};

/**
 * Alerts as Adaptive Cards in Microsoft Teams, through an incoming webhook. Teams has no idempotency: a message whose answer
 * got lost is posted again by the next attempt.
 */
export function teamsChannel(options: TeamsOptions): Channel<TeamsSettings, TeamsTemplate, TeamsMessage> {
  const { allowNetworks, ports = webPorts, version, timeoutMs = requestTimeoutMs } = options;
  const limits = { allowNetworks, ports };
  const agent = outboundAgent(limits);
  const post = poster(agent, { timeoutMs, answerLimitBytes });
  const headers = {
    // Without the charset, connectors take a message for twice as long.
    'content-type': 'application/json; charset=utf-8',
    'user-agent': `Tocsin${version === undefined ? '' : `/${version}`} (+teams)`,
  };

  async function send(
    { json }: TeamsMessage,
    { settings: { webhookUrl } }: Target<TeamsSettings>,
    { at, signal }: SendContext,
  ): Promise<Outcome> {
    // Checked again, because the address may have been taken while another network was open.
    if (!isWebhookUrl(webhookUrl, limits)) {
      return { kind: 'permanent', disable: true, reason: 'the URL is no incoming webhook of Teams' };
    }
    try {
      const body = Buffer.from(json);
      return answerOutcome(await post({ url: new URL(webhookUrl), headers, body, stop: signal }), at);
    } catch (error) {
      return failureOutcome(error);
    }
  }

  return {
    kind: 'teams',
    concurrency: { attempts: 64, ofOneEndpoint: { first: 2, most: 4 } },
    pace: { perSecond, of: 'destination' },
    endpoint: () => null,
    sumsUp: true,
    sharesEndpoint: false,
    settingsSchema: teamsSettings(limits),
    secretSettings: ['webhookUrl'],
    signs: false,
    // Who holds the address of a webhook was let into the channel: there is nothing left to confirm.
    addressToConfirm: () => null,
    render: async (content) => templateOf(content),
    fill: fillMessage,
    send,
    close: () => agent.close(),
  };
}

function templateOf(content: Content): TeamsTemplate {
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
      throw new RangeError('Teams destinations are not confirmed, and what is for owners alone goes by mail');
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
