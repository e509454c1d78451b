import { z } from 'zod';
import { ChangeKind } from './delta.js';
import { Severity } from './severity.js';
import { PlainText } from './plain-text.js';

const allButCosmetic = ChangeKind.options.filter((kind) => kind !== 'cosmetic');

/** Which of the followed changes a watchlist wants. Every field has a default. */
export const WatchRule = z.strictObject({
  minSeverity: Severity.default('low').describe('compared with the higher of before and after'),
  direction: z.enum(['any', 'rises', 'falls']).default('any'),
  minChange: z.int().min(0).max(3).default(0).describe('compared with the size of the change of rank'),
  kinds: z
    .array(ChangeKind)
    .min(1, 'must name one kind or more')
    .default(allButCosmetic)
    .transform((kinds) => [...new Set(kinds)]),
  keywords: PlainText.pipe(z.string().trim().min(1).max(500))
    .nullable()
    .default(null)
    .describe('web-search syntax, matched against the words that the change added or removed'),
});
export type WatchRule = z.infer<typeof WatchRule>;
