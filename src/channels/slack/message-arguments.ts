import type { KnownBlock } from '@slack/types';

/** A message as one destination gets it: with links or with buttons. */
export type SlackText = { deliveryId: string; text: string; blocks: KnownBlock[] };

/** Slack is to find no markup, mention or link in the fallback text by itself, and to fetch no preview of our links. */
export const asWritten = {
  mrkdwn: false,
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;

/**
 * Names the delivery in the message's metadata, which apps in the workspace can read.
 *
 * Slack posts at least once: a message whose answer got lost is posted again by the next attempt. `chat.postMessage` has no
 * idempotency key (`client_msg_id` is for Slack's own clients: https://github.com/slackapi/java-slack-sdk/issues/852), so
 * the same `delivery_id` is how a receiver tells a repeat.
 */
export function deliveryMetadata({ deliveryId }: SlackText) {
  return { event_type: 'tocsin_delivery', event_payload: { delivery_id: deliveryId } };
}
