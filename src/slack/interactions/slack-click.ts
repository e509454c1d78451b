import { z } from 'zod';

/** Slack's ids are short; whatever is longer is none. */
const Id = z.string().min(1).max(60);

/** @see https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const BlockActions = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id: Id }),
  user: z.object({ id: Id }),
  container: z.object({ channel_id: Id, message_ts: Id }),
  response_url: z.string().max(1_000).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(255),
        value: z.string().max(2_000).optional(),
        selected_option: z.object({ value: z.string().max(150) }).nullish(),
      }),
    )
    .min(1),
});

/** A click on something in a message. */
export type SlackClick = {
  teamId: string;
  userId: string;
  /** The message, as its channel and time name it. */
  channel: string;
  ts: string;
  /** Where the one who clicked can be told something; as it came, unchecked. */
  responseUrl: string | null;
  actionId: string;
  value: string;
};

/** @returns null for what is no click on a message: an interaction of another kind, or nothing that Slack sends */
export function readClick(payload: unknown): SlackClick | null {
  const read = BlockActions.safeParse(typeof payload === 'string' ? parsed(payload) : payload);
  const action = read.data?.actions[0];
  if (!read.success || action === undefined) return null;
  const { team, user, container, response_url: responseUrl = null } = read.data;
  return {
    teamId: team.id,
    userId: user.id,
    channel: container.channel_id,
    ts: container.message_ts,
    responseUrl,
    actionId: action.action_id,
    value: action.selected_option?.value ?? action.value ?? '',
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
