import {
  LogLevel,
  WebClient,
  type ChatPostMessageArguments,
  type FetchFunction,
  type Logger,
} from '@slack/web-api';
import { z } from 'zod';
import type { Outcome } from '../../domain/outcome.js';
import type { SendContext } from '../channel.js';
import type { SlackMessage } from './slack-message.js';
import { asWritten, deliveryMetadata } from './message-arguments.js';
import { outcomeOfFailure } from './slack-failure.js';
import { UnreadableAnswer, type Answer, type SlackTransport } from './slack-transport.js';

type Bot = { token: string; channel: string };

/** The client logs hosts, warnings and whole answers; an attempt's outcome says what there is to say. */
const silence: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/**
 * Posts a message with a bot token, once.
 *
 * The client is made anew each time: that takes 75 µs, and the connections are the transport's, so a cache of clients would
 * save nothing and keep tokens in memory at 25 KB each. It is also how the attempt's signal reaches the request.
 */
export async function postAsBot(
  transport: SlackTransport,
  apiUrl: string | undefined,
  { token, channel }: Bot,
  message: SlackMessage,
  { signal }: SendContext,
): Promise<Outcome> {
  const client = new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    logger: silence,
    fetch: fetchThrough(transport, signal),
    // The defaults are ten retries within half an hour and waiting out 429: both are the business of the delivery queue.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  });
  const post: ChatPostMessageArguments = {
    // Slack takes names with "#" and without.
    channel: channel.replace(/^#/, ''),
    text: message.text,
    blocks: message.blocks,
    metadata: deliveryMetadata(message),
    ...asWritten,
  };
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a method of Slack's, not the browser's
    const { channel: postedTo, ts } = await client.chat.postMessage(post);
    const providerId = postedTo === undefined || ts === undefined ? undefined : `${postedTo}/${ts}`;
    return { kind: 'delivered', status: 200, ...(providerId === undefined ? {} : { providerId }) };
  } catch (error) {
    return outcomeOfFailure(error, signal);
  }
}

/** The client asks for a whole answer; only this of it is used, and other shapes of it would make it throw. */
const ApiAnswer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  response_metadata: z
    .object({ messages: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
});

const statusesWithoutBody = new Set([204, 205, 304]);

function fetchThrough(transport: SlackTransport, signal: AbortSignal): FetchFunction {
  return async (url, init = {}) => {
    if (typeof init.body !== 'string') throw new TypeError('a message is sent as a form');
    const answer = await transport.post(String(url), {
      headers: init.headers ?? {},
      body: init.body,
      signal,
    });
    const { status, afterSeconds } = answer;
    return new Response(statusesWithoutBody.has(status) ? null : bodyOf(answer), {
      status,
      headers: afterSeconds === null ? {} : { 'retry-after': String(afterSeconds) },
    });
  };
}

function bodyOf({ status, body }: Answer): string {
  if (status !== 200) return '';
  const answer = ApiAnswer.safeParse(parseJson(body));
  if (!answer.success) throw new UnreadableAnswer('ANSWER_NOT_JSON');
  return JSON.stringify(answer.data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
