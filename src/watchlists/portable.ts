import { z } from 'zod';
import { FollowKind } from '../domain/follow.js';
import { followKeys, type FollowTarget } from './follow.js';
import { NewWatchlist, WatchlistChanges } from './watchlist.js';

const mostWatchlists = 200;
const mostFollows = 5_000;

const PortableFollow = z
  .strictObject({ kind: FollowKind, key: z.string().max(1_000) })
  .transform(({ kind, key }, context): FollowTarget => {
    const read = followKeys[kind].safeParse(key);
    if (read.success) return { kind, key: read.data };
    for (const { message } of read.error.issues) context.addIssue({ code: 'custom', path: ['key'], message });
    return z.NEVER;
  });

const { rule, cadence, confirmAfter, destinationIds } = WatchlistChanges.shape;

const PortableWatchlist = z.strictObject({
  name: NewWatchlist.shape.name,
  rule,
  cadence,
  confirmAfter,
  destinationIds: destinationIds.describe('those that are not the account’s own are left out'),
  follows: z.array(PortableFollow).max(mostFollows).default([]),
});
export type PortableWatchlist = z.infer<typeof PortableWatchlist>;

/** Watchlists to take in. What a watchlist leaves out stays as it is, or takes its default where it is new. */
export const WatchlistImport = z.strictObject({ watchlists: z.array(PortableWatchlist).max(mostWatchlists) });
export type WatchlistImport = z.infer<typeof WatchlistImport>;

/** Watchlists as they are handed out: whole, and ready to be taken in again. */
export const WatchlistExport = z.object({
  watchlists: z.array(
    z.object({
      name: z.string(),
      rule: rule.unwrap().required(),
      cadence: cadence.unwrap(),
      confirmAfter: confirmAfter.unwrap(),
      destinationIds: z.array(z.string()),
      follows: z.array(z.object({ kind: FollowKind, key: z.string() })),
    }),
  ),
});
export type WatchlistExport = z.infer<typeof WatchlistExport>;

const count = z.int();

/** What an import does, or would do. */
export const ImportResult = z.object({
  watchlists: z.array(
    z.object({
      id: z.string().nullable().describe('null while it is not made'),
      name: z.string(),
      action: z.enum(['add', 'change', 'keep']),
      changed: z.array(z.enum(['rule', 'cadence', 'confirmAfter', 'destinationIds'])),
      followsAdded: count,
      followsKept: count.describe('followed already'),
      destinationsLeftOut: count.describe('ids that are not of destinations of the account'),
    }),
  ),
});
export type ImportResult = z.infer<typeof ImportResult>;
