import {
  WebAPIPlatformError,
  type ChatPostMessageArguments,
  type FetchFunction,
  type WebClient,
} from '@slack/web-api';
import { z } from 'zod';
import type { Outcome } from '../../domain/outcome.js';
import { asWritten, deliveryMetadata, type SlackText } from './message-arguments.js';
import { slackClient } from './slack-client.js';
import { lostThread } from './slack-errors.js';
import { outcomeOfFailure } from './slack-failure.js';
import { UnreadableAnswer, type Answer, type SlackTransport } from './slack-transport.js';

type Bot = { token: string; channel: string };

/** What a message of ours is known by: channel and time, as `chat.update` wants them. */
export type PostedMessage = { channel: string; ts: string };

/** The calls of one attempt. The client is made anew for it, and so its signal reaches the requests. */
export class SlackBot {
  private readonly client: WebClient;

  constructor(
    transport: SlackTransport,
    apiUrl: string | undefined,
    private readonly bot: Bot,
    private readonly signal: AbortSignal,
  ) {
    this.client = slackClient(bot.token, { apiUrl, fetch: fetchThrough(transport, signal) });
  }

  /**
   * Posts a message: once, but for a thread that is lost, where Slack refuses it before it is posted by itself.
   *
   * @param thread the message to answer
   */
  async post(message: SlackText, thread: PostedMessage | null): Promise<Outcome> {
    try {
      return await this.postTo(message, thread?.ts);
    } catch (error) {
      const isLost = error instanceof WebAPIPlatformError && lostThread.has(error.data.error);
      if (thread === null || !isLost) return outcomeOfFailure(error, this.signal);
    }
    return this.post(message, null);
  }

  /** Puts a message in the place of one that was posted. */
  async update({ channel, ts }: PostedMessage, { text, blocks }: SlackText): Promise<Outcome> {
    try {
      // What is left out is set to the method's own defaults, which are others than those of posting. Metadata stay.
      const { parse, link_names } = asWritten;
      await this.client.chat.update({ channel, ts, text, blocks, parse, link_names });
      return { kind: 'delivered', status: 200 };
    } catch (error) {
      return outcomeOfFailure(error, this.signal);
    }
  }

  private async postTo(message: SlackText, threadTs: string | undefined): Promise<Outcome> {
    const post: ChatPostMessageArguments = {
      // Slack takes names with "#" and without.
      channel: this.bot.channel.replace(/^#/, ''),
      text: message.text,
      blocks: message.blocks,
      metadata: deliveryMetadata(message),
      ...(threadTs !== undefined && { thread_ts: threadTs }),
      ...asWritten,
    };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a method of Slack's, not the browser's
    const { channel, ts, message: posted } = await this.client.chat.postMessage(post);
    if (channel === undefined || ts === undefined) return { kind: 'delivered', status: 200 };
    // To a message that is gone Slack mostly posts no answer but a message by itself, and only the lack of thread_ts tells
    // (https://github.com/slack-go/slack/issues/1571).
    const isAnswer = threadTs !== undefined && posted?.thread_ts === threadTs;
    const providerId = providerIdOf({ channel, ts });
    return {
      kind: 'delivered',
      status: 200,
      providerId,
      ...(isAnswer && { thread: providerIdOf({ channel, ts: threadTs }) }),
    };
  }
}

function providerIdOf({ channel, ts }: PostedMessage): string {
  return `${channel}/${ts}`;
}

/** @returns null for what we know no message by */
export function postedMessage(providerId: string): PostedMessage | null {
  const [, channel, ts] = /^([^/]+)\/([^/]+)$/.exec(providerId) ?? [];
  return channel === undefined || ts === undefined ? null : { channel, ts };
}

/** The client asks for a whole answer; only this of it is used, and other shapes of it would make it throw. */
const ApiAnswer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  message: z.object({ thread_ts: z.string().optional() }).optional().catch(undefined),
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
