import { SlackError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { z } from 'zod';
import { errorCodeOf } from '../channels/slack/slack-errors.js';

/** What became of a call of Slack's Web API. */
export type SlackAnswer<Value> =
  | { kind: 'ok'; value: Value }
  /** Slack said no, by one of its codes, such as `channel_not_found`. */
  | { kind: 'refused'; code: string }
  | { kind: 'limited'; afterSeconds: number }
  /** Nobody answered, or nothing that makes sense. */
  | { kind: 'unreachable' };

const secondsWhenUntold = 30;

/** Makes a call, and takes of its answer what the schema has. @throws whatever is no fault of Slack's or of the network */
export async function askSlack<Schema extends z.ZodType>(
  schema: Schema,
  call: () => Promise<unknown>,
): Promise<SlackAnswer<z.infer<Schema>>> {
  try {
    const answer = schema.safeParse(await call());
    return answer.success ? { kind: 'ok', value: answer.data } : { kind: 'unreachable' };
  } catch (error) {
    if (error instanceof WebAPIRateLimitedError) return { kind: 'limited', afterSeconds: error.retryAfter };
    if (error instanceof WebAPIPlatformError) return refusal(error.data.error);
    if (error instanceof SlackError) return { kind: 'unreachable' };
    throw error;
  }
}

function refusal(given: unknown): SlackAnswer<never> {
  const code = errorCodeOf(given);
  if (code === null) return { kind: 'unreachable' };
  return code === 'ratelimited'
    ? { kind: 'limited', afterSeconds: secondsWhenUntold }
    : { kind: 'refused', code };
}
