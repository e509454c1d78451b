import type { KnownBlock } from '@slack/types';
import { utf8Length } from './slack-text.js';

/** Slack's hard limit. @see https://docs.slack.dev/reference/block-kit/blocks */
export const maxBlocks = 50;

/**
 * Our ceiling for the weights of all blocks. Slack names none for their sum, yet refuses with `msg_blocks_too_long`. Others
 * saw 13,200 characters pass in few blocks, 11,341 of rich text refused in many, and in bytes of UTF-8 10,571 pass and
 * 10,821 refused (https://github.com/slackapi/bolt-js/issues/2509 and /2867,
 * https://github.com/openclaw/openclaw/pull/143882).
 */
export const maxWeight = 10_000;

/** What a block counts: the bytes of its texts and URLs, and something for itself and each of its elements. */
function weightOf(block: KnownBlock): number {
  return 100 + weightInside(block);
}

export function totalWeight(blocks: readonly KnownBlock[]): number {
  return blocks.reduce((sum, block) => sum + weightOf(block), 0);
}

function weightInside(value: unknown): number {
  if (typeof value === 'string') return utf8Length(value);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (key === 'type' ? 6 : weightInside(inner)),
    0,
  );
}
