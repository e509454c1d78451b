import { SlackError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { z } from 'zod';

/** What became of a call of Slack's Web API. */
export type SlackAnswer<Value> =
  | { kind: 'ok'; value: Value }
  /** Slack said no, by one of its codes, such as `channel_not_found`. */
  | { kind: 'refused'; code: string }
  | { kind: 'limited'; afterSeconds: number }
  /** Nobody answered, or nothing that makes sense. */
  | { kind: 'unreachable' };

const secondsWhenUntold = 30;

/** Slack's codes look so; what else a proxy or a broken server puts in their place is none. */
const errorCode = /^[a-z][a-z0-9_]{1,79}$/;

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

function refusal(code: unknown): SlackAnswer<never> {
  if (typeof code !== 'string' || !errorCode.test(code)) return { kind: 'unreachable' };
  return code === 'ratelimited'
    ? { kind: 'limited', afterSeconds: secondsWhenUntold }
    : { kind: 'refused', code };
}
