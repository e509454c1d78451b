import { z } from 'zod';
import { Cadence } from '../domain/cadence.js';
import { ChangeKind } from '../domain/delta.js';
import type { WatchlistId } from '../domain/ids.js';
import { shownText } from '../domain/plain-text.js';
import { WatchRule } from '../domain/watch-rule.js';
import { SnoozedUntil } from './snooze.js';

/** More destinations than anybody has: keeps one request from carrying a million. */
const mostDestinations = 1_000;

const name = shownText(80);
const destinationIds = z
  .array(z.string().max(30))
  .max(mostDestinations)
  .transform((ids) => [...new Set(ids)]);

/** A rule whose every field is there: what is stored and shown. */
const WholeRule = z.strictObject({
  minSeverity: WatchRule.shape.minSeverity.unwrap(),
  direction: WatchRule.shape.direction.unwrap(),
  minChange: WatchRule.shape.minChange.unwrap(),
  kinds: z.array(ChangeKind).min(1),
  keywords: WatchRule.shape.keywords.unwrap(),
} satisfies Record<keyof WatchRule, z.ZodType>);

const hours = 'must be a whole number of hours from 1 to 168';

/** How long a change has to stand before it is told. */
const confirmAfter = z
  .int(hours)
  .min(1, hours)
  .max(168, hours)
  .nullable()
  .describe(
    'hours: an alert waits until its change has stood so long, and is not sent if it went back; null for at once',
  );

/** A watchlist as the API shows it. */
export const Watchlist = z.object({
  id: z.string(),
  name: z.string(),
  rule: WholeRule,
  cadence: Cadence,
  confirmAfter,
  destinationIds: z.array(z.string()),
  snoozedUntil: z.iso
    .datetime()
    .nullable()
    .describe('until when it leads to nothing; null while it does not sleep'),
  createdAt: z.iso.datetime(),
});
export type Watchlist = z.infer<typeof Watchlist> & { id: WatchlistId };

export const NewWatchlist = z.strictObject({
  name,
  rule: WatchRule.prefault({}),
  cadence: Cadence.optional().describe('left out: instant where the tier holds it, else weekly'),
  confirmAfter: confirmAfter.optional(),
  destinationIds: destinationIds.optional().describe("left out: the account's own address"),
});
export type NewWatchlist = z.infer<typeof NewWatchlist>;

/** Fields that are left out stay as they are, those of `rule` too. */
export const WatchlistChanges = z.strictObject({
  name: name.optional(),
  rule: WholeRule.partial().optional(),
  cadence: Cadence.optional(),
  confirmAfter: confirmAfter.optional(),
  destinationIds: destinationIds.optional(),
  snoozedUntil: SnoozedUntil.optional(),
});
export type WatchlistChanges = z.infer<typeof WatchlistChanges>;
