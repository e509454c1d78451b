import type { Dispatcher } from 'undici';
import type { Outcome } from '../../domain/outcome.js';
import { webPorts, type PortRange } from '../../domain/port-range.js';
import { failureOutcome } from '../../platform/outbound/failure-outcome.js';
import { poster } from '../../platform/outbound/post.js';
import type { Channel, SendContext, Target } from '../channel.js';
import { answerOutcome } from './answer-outcome.js';
import { fillBody, renderBody, type WebhookTemplate } from './body.js';
import { eventTypeOf } from './event-type.js';
import { signedMessage, type Body } from './standard-webhooks.js';
import { webhookSettings, type WebhookSettings } from './webhook-settings.js';

const requestTimeoutMs = 15_000;
const answerLimitBytes = 64 * 1_024;

export type WebhookOptions = {
  /** Where requests go through; see `outboundAgent`. Closed with the channel. */
  dispatcher: Dispatcher;
  /** Where destinations may be set up, which should be where the dispatcher goes; those of the web unless told. */
  ports?: readonly PortRange[];
  /** Named in `User-Agent`. */
  version?: string;
  /** For one request, from connecting to the end of the answer. */
  timeoutMs?: number;
  /** Most requests a second to one destination; null, as when left out, for no limit. */
  perSecond?: number | null;
};

/** Alerts as signed POST requests, as https://www.standardwebhooks.com says. */
export function webhookChannel(options: WebhookOptions): Channel<WebhookSettings, WebhookTemplate, Body> {
  const { dispatcher, ports = webPorts, version, timeoutMs = requestTimeoutMs } = options;
  const post = poster(dispatcher, { timeoutMs, answerLimitBytes });
  const commonHeaders = {
    'content-type': 'application/json',
    'user-agent': `Tocsin${version === undefined ? '' : `/${version}`} (+webhooks)`,
  };

  async function send(
    payload: Body,
    { settings, signingSecrets }: Target<WebhookSettings>,
    { deliveryId, at, signal }: SendContext,
  ): Promise<Outcome> {
    const url = new URL(settings.url);
    const { headers, body } = signedMessage(idOf(deliveryId), at, payload, signingSecrets);
    try {
      const answer = await post({ url, headers: { ...commonHeaders, ...headers }, body, stop: signal });
      return answerOutcome(answer, at);
    } catch (error) {
      return failureOutcome(error);
    }
  }

  return {
    kind: 'webhook',
    concurrency: { attempts: 256, ofOneEndpoint: { first: 8, most: 32 } },
    pace: options.perSecond ? { perSecond: options.perSecond, of: 'destination' } : null,
    // A host that does not answer does not whatever the path: scheme, host and port.
    endpoint: ({ url }) => /^https?:\/\/[^/?]+/i.exec(String(url))?.[0].toLowerCase() ?? null,
    sumsUp: false,
    sharesEndpoint: false,
    settingsSchema: webhookSettings(ports),
    secretSettings: [],
    signs: true,
    addressToConfirm: () => null,
    declines: ({ types }, kind, about = null) => {
      const type = eventTypeOf(kind, about);
      const isChosen = types === undefined || type === null || types.includes(type);
      return isChosen ? null : `the destination has not chosen ${type}`;
    },
    render: async (content) => renderBody(content),
    fill: fillBody,
    send,
    requestOf: ({ head, rest }, { settings: { url }, deliveryId }) => ({
      method: 'POST',
      url,
      headers: { ...commonHeaders, 'webhook-id': idOf(deliveryId) },
      body: head + rest.toString(),
    }),
    close: () => dispatcher.close(),
  };
}

/** The `webhook-id`: the same through every attempt. */
function idOf(deliveryId: string): string {
  return `msg_${deliveryId}`;
}
