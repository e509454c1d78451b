import type { Outcome } from '../../domain/outcome.js';

/** What an error code of Slack's means for a delivery. `reason` is for the destination's owner: it says what to do. */
type Verdict = { kind: 'retry'; reason: string } | { kind: 'permanent'; reason: string; disable: boolean };

const retry = (reason: string): Verdict => ({ kind: 'retry', reason });
const refused = (reason: string): Verdict => ({ kind: 'permanent', reason, disable: false });
/** Nothing will arrive there until its owner acts, so that trying on is pointless. */
const closed = (reason: string): Verdict => ({ kind: 'permanent', reason, disable: true });

const trouble = retry('Slack has a problem of its own at the moment.');
const busy = retry('Slack takes no more messages from this app at the moment.');
const migrating = retry(
  'The workspace is moving to an enterprise organization; Slack is back when that is done.',
);
const badMessage = refused('Slack refused the form of this message.');
const tooLong = refused('Slack refused this message as too long.');
const badToken = closed('Slack no longer accepts the token: install the app again and enter its new token.');
const noChannel = closed(
  'The channel does not exist, or it is private and the app is not in it: invite the app or choose another.',
);
const notInvited = closed('The app is not in the channel: invite it, or choose another channel.');
const archived = closed('The channel is archived: unarchive it or choose another.');
const notAllowed = closed(
  'The workspace does not let this app post in the channel: ask an administrator or choose another.',
);
const noWorkspace = closed('The workspace is gone or switched off.');
const noWebhook = closed(
  'The incoming webhook was removed or switched off: make a new one and enter its address.',
);
const wrongToken = closed('This kind of token cannot post messages: enter the bot token of an app.');

const unchangeable = refused('Slack lets this message be changed no more.');
const noThread = refused('The message that this one answers is gone, or takes no answers.');

/**
 * Codes that say that there is no thread to post to, where the message itself may well go. More often Slack says nothing and
 * posts it outside of the thread, see SlackBot.
 * @see https://docs.slack.dev/reference/methods/chat.postMessage#errors
 * @see https://github.com/slackapi/bolt-js/issues/2307
 */
export const lostThread: ReadonlySet<string> = new Set([
  'thread_not_found',
  'message_not_found',
  'cannot_reply_to_message',
  'restricted_action_non_threadable_channel',
]);

/**
 * Every code that `chat.postMessage`, `chat.update` and incoming webhooks are known to answer.
 * @see https://docs.slack.dev/reference/methods/chat.postMessage#errors
 * @see https://docs.slack.dev/reference/methods/chat.update#errors
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
 */
export const verdicts: Readonly<Record<string, Verdict>> = {
  ratelimited: busy,
  rate_limited: busy,
  message_limit_exceeded: busy,
  internal_error: trouble,
  fatal_error: trouble,
  service_unavailable: trouble,
  request_timeout: trouble,
  rollup_error: trouble,
  team_added_to_org: migrating,
  // Not the owner's to mend and over by itself, so it is waited for though Slack answers it for hours.
  org_login_required: migrating,

  msg_too_long: tooLong,
  msg_blocks_too_long: tooLong,
  metadata_too_large: tooLong,
  too_many_attachments: badMessage,
  too_many_contact_cards: badMessage,
  no_text: badMessage,
  invalid_blocks: badMessage,
  invalid_blocks_format: badMessage,
  invalid_attachments: badMessage,
  invalid_payload: badMessage,
  invalid_metadata_format: badMessage,
  invalid_metadata_schema: badMessage,
  invalid_arguments: badMessage,
  invalid_arg_name: badMessage,
  invalid_array_arg: badMessage,
  invalid_charset: badMessage,
  invalid_form_data: badMessage,
  invalid_json: badMessage,
  invalid_post_type: badMessage,
  missing_post_type: badMessage,
  json_not_object: badMessage,
  markdown_text_conflict: badMessage,
  method_deprecated: refused('Slack no longer offers the way this message was sent.'),
  deprecated_endpoint: refused('Slack no longer offers the way this message was sent.'),

  not_authed: badToken,
  invalid_auth: badToken,
  invalid_token: noWebhook,
  token_revoked: badToken,
  token_expired: badToken,
  account_inactive: closed('The app was removed from the workspace, or its account was: install it again.'),
  not_allowed_token_type: wrongToken,
  metadata_must_be_sent_from_app: wrongToken,
  as_user_not_supported: wrongToken,
  missing_scope: closed(
    'The token may not post messages: give the app the scope chat:write and install it again.',
  ),
  no_permission: notInvited,
  access_denied: notAllowed,
  accesslimited: closed('The workspace does not allow access from our network: ask an administrator.'),
  two_factor_setup_required: closed('The account of the token has to set up two-factor sign-in first.'),

  channel_not_found: noChannel,
  user_not_found: noChannel,
  not_in_channel: notInvited,
  is_archived: archived,
  channel_is_archived: archived,
  restricted_action: notAllowed,
  restricted_action_read_only_channel: notAllowed,
  restricted_action_thread_only_channel: notAllowed,
  restricted_action_non_threadable_channel: notAllowed,
  posting_to_general_channel_denied: notAllowed,
  action_prohibited: notAllowed,
  messages_tab_disabled: closed('The app takes no direct messages: choose a channel.'),
  ekm_access_denied: closed('The administrators of the workspace have suspended posting.'),
  enterprise_is_restricted: notAllowed,
  team_access_not_granted: closed('The token has no access to this workspace: install the app there.'),

  message_not_found: unchangeable,
  cant_update_message: unchangeable,
  edit_window_closed: unchangeable,
  is_inactive: unchangeable,
  block_mismatch: unchangeable,
  streaming_state_conflict: unchangeable,
  update_failed: trouble,
  external_channel_migrating: migrating,
  thread_not_found: noThread,
  cannot_reply_to_message: noThread,

  no_service: noWebhook,
  no_service_id: noWebhook,
  no_active_hooks: noWebhook,
  no_team: noWorkspace,
  team_not_found: noWorkspace,
  team_disabled: noWorkspace,
};

/** Slack's codes look so. Anything else in their place, an error page say, is never repeated in a reason. */
export function errorCodeOf(text: unknown): string | null {
  return typeof text === 'string' && /^[a-z][a-z0-9_]{1,79}$/.test(text) ? text : null;
}

/**
 * A code that the table lacks is tried again: Slack adds codes without notice, a repeat costs little, and the retry
 * schedule ends by itself, while giving up at once would lose an alert to what may pass.
 */
export function outcomeOfCode(
  code: string | null,
  answer: { status: number; excerpt?: string; afterSeconds?: number },
): Outcome {
  const verdict = (code === null ? undefined : verdictOf(code)) ?? unknownVerdict(code);
  const { status, excerpt = code ?? '' } = answer;
  if (verdict.kind === 'permanent') return { ...verdict, status, excerpt };
  const { afterSeconds } = answer;
  return { ...verdict, status, excerpt, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
}

function verdictOf(code: string): Verdict | undefined {
  return Object.hasOwn(verdicts, code) ? verdicts[code] : undefined;
}

function unknownVerdict(code: string | null): Verdict {
  return retry(
    code === null ? 'Slack gave an answer that makes no sense.' : `Slack answered with the error ${code}.`,
  );
}
