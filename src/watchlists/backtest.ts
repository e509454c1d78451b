import { z } from 'zod';
import { Cadence } from '../domain/cadence.js';
import { SeverityDelta } from '../domain/delta.js';
import { FollowKind } from '../domain/follow.js';
import { TimeZone } from '../domain/time-zone.js';
import { WatchRule } from '../domain/watch-rule.js';
import { PageQuery } from '../platform/http/page.js';
import { followKeys, type FollowTarget } from './follow.js';

/** More follows than the largest tier holds. */
const mostFollows = 5_000;

const GivenFollow = z
  .strictObject({
    kind: FollowKind,
    key: z.string().max(1_000).describe('as of a follow: an id, a slug, or `*`'),
  })
  .transform(({ kind, key }, context): FollowTarget => {
    const read = followKeys[kind].safeParse(key);
    if (read.success) return { kind, key: read.data };
    for (const { message } of read.error.issues) {
      context.addIssue({ code: 'custom', path: ['key'], message });
    }
    return z.NEVER;
  });

/** A watchlist that there need not be, and from when on to look. */
export const NewBacktest = z.strictObject({
  rule: WatchRule.prefault({}),
  follows: z.array(GivenFollow).min(1).max(mostFollows),
  cadence: Cadence.optional().describe('left out: instant where the tier holds it, else weekly'),
  since: z.iso
    .datetime({ offset: true })
    .describe('at most two years ago')
    .transform((time) => new Date(time)),
  timeZone: TimeZone.optional().describe("left out: the account's"),
});
export type NewBacktest = z.infer<typeof NewBacktest>;

export const BacktestPage = PageQuery.extend({
  limit: PageQuery.shape.limit.unwrap().default(200).describe('most messages that a page lists, 1 to 200'),
});
export type BacktestPage = z.infer<typeof BacktestPage>;

const counts = {
  alerts: z.int().describe('sent at once, one for each revision'),
  digests: z.int(),
  changes: z.int().describe('told in them; of a digest, net changes'),
};

const BacktestChange = z.object({
  id: z.string(),
  url: z.string(),
  time: z.iso.datetime(),
  entity: z.object({ id: z.string(), name: z.string() }),
  document: z.object({ id: z.string(), title: z.string() }),
  provision: z.object({ id: z.string(), title: z.string() }),
  delta: SeverityDelta,
  steps: z.array(z.string()).describe('ids of the changes that a net change is made of, oldest first'),
});
export type BacktestChange = z.infer<typeof BacktestChange>;

const listed = {
  changes: z.array(BacktestChange),
  omitted: z.int().describe('further changes of it, which are not listed'),
};

export const BacktestItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alert'),
    at: z.iso.datetime(),
    revertedAt: z.iso
      .datetime()
      .nullable()
      .describe(
        'when the first of its changes went back, or was taken back by the archive, after it was told',
      ),
    ...listed,
  }),
  z.object({
    kind: z.literal('digest'),
    from: z.iso.datetime(),
    until: z.iso.datetime().describe('when it is sent'),
    cancelledOut: z.int().describe('provisions that changed and were as before at its end'),
    ...listed,
  }),
]);
export type BacktestItem = z.infer<typeof BacktestItem>;

/** What a watchlist would have sent. */
export const Backtest = z.object({
  timeZone: z.string(),
  total: z.object({
    ...counts,
    reverts: z
      .int()
      .describe('messages that something told before went back, or was taken back by the archive'),
  }),
  suppressed: z
    .object({
      late: z.int(),
      silent: z.int(),
      cosmetic: z.int(),
      rule: z.int(),
      reverted: z.int().describe('went back before they were told, or took back what was'),
      retracted: z.int().describe('taken back by the archive before they were told'),
      flapping: z.int(),
      cancelledOut: z.int().describe('came to nothing together within the window of a digest'),
    })
    .describe('followed changes that are told in no message, by reason'),
  weeks: z
    .array(z.object({ week: z.iso.date().describe('its Monday'), ...counts }))
    .describe('every week since, oldest first'),
  items: z.array(BacktestItem).describe('newest first'),
  nextCursor: z.string().nullable(),
});
export type Backtest = z.infer<typeof Backtest>;
