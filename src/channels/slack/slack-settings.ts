import { z } from 'zod';
import { parsedUrl } from '../../domain/web-url.js';

/** A workspace that was added by "Add to Slack", and a channel there. */
export type WorkspaceSettings = {
  workspace: string;
  channel: string;
  /** As the channel was called when the destination was set up: shown, and never taken from whoever sets it up. */
  channelName?: string | undefined;
  token?: never;
  webhookUrl?: never;
};

/** A channel of a workspace; a bot token and the channel it posts to; or an incoming webhook, which stands for one by itself. */
export type SlackSettings =
  | WorkspaceSettings
  | { token: string; channel: string; workspace?: never; webhookUrl?: never }
  | { webhookUrl: string; token?: never; channel?: never; workspace?: never };

const slackHooks = 'https://hooks.slack.com';

/** A channel id (`C024BE91L`) or a name, with `#` or without. Slack allows letters of every script in names. */
const Channel = z
  .string()
  .regex(
    /^#?[\p{L}\p{M}\p{N}_-]{1,80}$/u,
    'must be a channel id such as "C024BE91L" or a name such as "#policy"',
  );

/** The id of one of the account's workspaces, as `GET /v1/slack/workspaces` shows it. */
const Workspace = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, 'must be the id of one of your workspaces, see GET /v1/slack/workspaces');

/** Public channels and private ones. Only ids stay the same when a channel is renamed. */
const ChannelId = z.string().regex(/^[CG][A-Z0-9]{1,30}$/, 'must be a channel id such as "C024BE91L"');

/** Taken, so that settings may be sent back as they were shown; see `WorkspaceSettings`. */
const ChannelName = z
  .string()
  .max(200)
  .optional()
  .describe('as the channel was called when it was chosen: shown, and ignored when it is sent');

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
      z.strictObject({ workspace: Workspace, channel: ChannelId, channelName: ChannelName }),
      z.strictObject({ token: apiUrl === undefined ? SlackToken : EmulatorToken, channel: Channel }),
      z.strictObject({ webhookUrl: WebhookUrl }),
    ],
    { error: 'must be {workspace, channel}, {token, channel} or {webhookUrl}' },
  );
}
