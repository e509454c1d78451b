import type { Outcome } from '../../domain/outcome.js';
import type { SendContext } from '../channel.js';
import { asWritten, deliveryMetadata, type SlackText } from './message-arguments.js';
import { errorCodeOf, outcomeOfCode, verdicts } from './slack-errors.js';
import { outcomeOfNetworkFault, outcomeOfStatus } from './slack-failure.js';
import type { Answer, SlackTransport } from './slack-transport.js';

/** Posts a message to an incoming webhook, once. At least once over all attempts, see `deliveryMetadata`. */
export async function postToWebhook(
  transport: SlackTransport,
  webhookUrl: string,
  message: SlackText,
  { signal }: SendContext,
): Promise<Outcome> {
  try {
    const answer = await transport.post(webhookUrl, {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        text: message.text,
        blocks: message.blocks,
        metadata: deliveryMetadata(message),
        ...asWritten,
      }),
      signal,
    });
    return outcomeOfAnswer(answer);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return outcomeOfNetworkFault(error, signal);
  }
}

/** A webhook answers with a status and, in a body of plain text, a code. */
function outcomeOfAnswer({ status, afterSeconds, body }: Answer): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status };
  const wait = afterSeconds === null ? {} : { afterSeconds };
  if (status === 429) return outcomeOfCode('ratelimited', { status, ...wait });
  const code = errorCodeOf(body.trim());
  if (code !== null && Object.hasOwn(verdicts, code)) return outcomeOfCode(code, { status, ...wait });
  return outcomeOfBareStatus(status, afterSeconds);
}

/** Codes that the table lacks, and none at all: the status has to tell. */
function outcomeOfBareStatus(status: number, afterSeconds: number | null): Outcome {
  if (status === 400) return outcomeOfCode('invalid_payload', { status });
  if (status === 404 || status === 410) return outcomeOfCode('no_service', { status });
  return outcomeOfStatus(status, afterSeconds);
}
