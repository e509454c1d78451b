import { z } from 'zod';
import { cursorAfter, keyOfCursor, PageQuery, type Page } from '../platform/http/page.js';

/** A public channel, as one chooses where alerts go. */
export const SlackChannel = z.object({
  id: z.string(),
  name: z.string(),
  isMember: z.boolean().describe('whether the app was invited; it may post in public channels all the same'),
  memberCount: z.int().nullable(),
});
export type SlackChannel = z.infer<typeof SlackChannel>;

export const SlackChannelPage = z.object({
  items: z.array(SlackChannel),
  nextCursor: z.string().nullable(),
  isComplete: z
    .boolean()
    .describe('false where the workspace has more channels than are read: others are chosen by their id'),
});
export type SlackChannelPage = z.infer<typeof SlackChannelPage>;

export const SlackChannelQuery = PageQuery.extend({
  search: z.string().max(80).default('').describe('part of the name, in any case'),
});
export type SlackChannelQuery = z.infer<typeof SlackChannelQuery>;

const listName = 'slack-channels';

/** In the order in which they are shown. */
export function sortedChannels(channels: readonly SlackChannel[]): SlackChannel[] {
  const keyed = channels.map((channel) => ({ channel, key: keyOf(channel) }));
  return keyed.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ channel }) => channel);
}

/** @param sorted by `sortedChannels` @throws Problem 422 for a cursor from elsewhere */
export function pageOfChannels(
  sorted: readonly SlackChannel[],
  { search, limit, cursor }: SlackChannelQuery,
): Page<SlackChannel> {
  const after = keyOfCursor(listName, cursor, (key) => / [CG]\w+$/.test(key));
  const part = normal(search.trim().replace(/^#/, ''));
  const found = sorted.filter(
    (channel) => (after === null || keyOf(channel) > after) && normal(channel.name).includes(part),
  );
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const isMore = found.length > limit && last !== undefined;
  return { items, nextCursor: isMore ? cursorAfter(listName, keyOf(last)) : null };
}

/** Names hold no space, and it sorts before whatever they hold. */
function keyOf({ name, id }: SlackChannel): string {
  return `${name} ${id}`;
}

function normal(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
