import { request, type Dispatcher } from 'undici';
import type { Outcome } from '../../domain/outcome.js';
import { deadline } from '../../platform/outbound/deadline.js';
import { failureReason } from '../../platform/outbound/failure-reason.js';
import { readCapped } from '../../platform/outbound/read-capped.js';
import { RefusedAddressError } from '../../platform/outbound/refused-address-error.js';
import { retryAfterSeconds } from '../../platform/outbound/retry-after.js';
import type { Channel, SendContext, Target } from '../channel.js';
import { answerOutcome } from './answer-outcome.js';
import { fillBody, renderBody, type WebhookTemplate } from './body.js';
import { signedHeaders } from './standard-webhooks.js';
import { WebhookSettings } from './webhook-settings.js';

const requestTimeoutMs = 15_000;
const answerLimitBytes = 64 * 1_024;

/** @param body to the byte as it is signed and sent */
export type WebhookRequest = { body: string };

export type WebhookOptions = {
  /** Where requests go through; see `outboundAgent`. Closed with the channel. */
  dispatcher: Dispatcher;
  /** Named in `User-Agent`. */
  version?: string;
  /** For one request, from connecting to the end of the answer. */
  timeoutMs?: number;
};

/** Alerts as signed POST requests, as https://www.standardwebhooks.com says. */
export function webhookChannel(
  options: WebhookOptions,
): Channel<WebhookSettings, WebhookTemplate, WebhookRequest> {
  const { dispatcher, version, timeoutMs = requestTimeoutMs } = options;
  const userAgent = `Tocsin${version === undefined ? '' : `/${version}`} (+webhooks)`;

  async function post(
    { body: text }: WebhookRequest,
    { settings, signingSecrets }: Target<WebhookSettings>,
    { deliveryId, at, signal }: SendContext,
  ): Promise<Outcome> {
    const body = Buffer.from(text);
    const headers = {
      'content-type': 'application/json',
      'user-agent': userAgent,
      ...signedHeaders(`msg_${deliveryId}`, at, body, signingSecrets),
    };
    const limit = deadline(timeoutMs, signal);
    try {
      const answer = await request(settings.url, {
        dispatcher,
        method: 'POST',
        headers,
        body,
        signal: limit.signal,
      });
      return answerOutcome({
        status: answer.statusCode,
        body: await readCapped(answer.body, answerLimitBytes),
        afterSeconds: retryAfterSeconds(answer.headers['retry-after'], at),
      });
    } finally {
      limit.clear();
    }
  }

  return {
    kind: 'webhook',
    settingsSchema: WebhookSettings,
    secretSettings: [],
    signs: true,
    addressToConfirm: () => null,
    render: async (content) => renderBody(content),
    fill: (template, recipient) => ({ body: fillBody(template, recipient) }),
    send: (payload, target, context) => post(payload, target, context).catch(failureOutcome),
    close: () => dispatcher.close(),
  };
}

/** @throws the error itself when it is a bug of this side */
function failureOutcome(error: unknown): Outcome {
  const reason = failureReason(error);
  if (reason === null) throw error;
  return { kind: error instanceof RefusedAddressError ? 'permanent' : 'retry', reason };
}
