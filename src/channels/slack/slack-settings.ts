import { z } from 'zod';
import { parsedUrl } from '../../domain/web-url.js';

/** A bot token and the channel it posts to, or an incoming webhook, which stands for one channel by itself. */
export type SlackSettings =
  | { token: string; channel: string; webhookUrl?: never }
  | { webhookUrl: string; token?: never; channel?: never };

const slackHooks = 'https://hooks.slack.com';

/** A channel id (`C024BE91L`) or a name, with `#` or without. Slack allows letters of every script in names. */
const Channel = z
  .string()
  .regex(
    /^#?[\p{L}\p{M}\p{N}_-]{1,80}$/u,
    'must be a channel id such as "C024BE91L" or a name such as "#policy"',
  );

const SlackToken = z
  .string()
  .max(500)
  .regex(/^xox[a-z][-.][\w.-]+$/, 'must be a Slack token such as "xoxb-…"');

/** An emulator makes up tokens of its own: whatever may stand in a header goes. */
const EmulatorToken = z
  .string()
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters');

/**
 * Whether `url` is an incoming webhook that may be called: Slack's own, or the emulator's when `apiUrl` names one.
 * The owner of a destination picks this address, so nothing else may pass: it would let them reach our own network.
 */
export function isWebhookUrl(url: string, apiUrl: string | undefined): boolean {
  const parsed = parsedUrl(url);
  if (parsed === null) return false;
  const { origin, pathname, username, password } = parsed;
  const origins = apiUrl === undefined ? [slackHooks] : [slackHooks, new URL(apiUrl).origin];
  return origins.includes(origin) && pathname.startsWith('/services/') && username === '' && password === '';
}

/** @param apiUrl the emulator, when there is one: its webhooks and tokens are taken too */
export function slackSettings(apiUrl: string | undefined): z.ZodType<SlackSettings> {
  const WebhookUrl = z
    .string()
    .max(500)
    .refine((url) => isWebhookUrl(url, apiUrl), `must be a Slack webhook such as "${slackHooks}/services/…"`);
  return z.union(
    [
      z.strictObject({ token: apiUrl === undefined ? SlackToken : EmulatorToken, channel: Channel }),
      z.strictObject({ webhookUrl: WebhookUrl }),
    ],
    { error: 'must be either {token, channel} or {webhookUrl}' },
  );
}
