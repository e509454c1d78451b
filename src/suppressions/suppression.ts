import { z } from 'zod';

/** Why an address gets no mail, whoever asked for it. */
export type SuppressionReason = 'bounce' | 'complaint';

/** As its account sees it. */
export const Suppression = z.object({
  id: z.string(),
  destinationId: z.string(),
  address: z.string(),
  reason: z
    .enum(['bounce', 'complaint', 'unsubscribe'])
    .describe(
      '`bounce`: there is no such mailbox. `complaint`: its reader reported our mail as spam. ' +
        '`unsubscribe`: its reader used the link in a mail to stop all of it.',
    ),
  detail: z.string().describe('in words'),
  at: z.iso
    .datetime()
    .nullable()
    .describe('since when; null for an unsubscription of long ago, whose time was not kept'),
  liftable: z.boolean().describe('whether you can lift it now'),
});
export type Suppression = z.infer<typeof Suppression>;

/** As the operator sees it: addresses are kept as keyed hashes alone. */
export const AnySuppression = z.object({
  id: z.string(),
  reason: z.enum(['bounce', 'complaint']),
  detail: z.string(),
  at: z.iso.datetime(),
});
export type AnySuppression = z.infer<typeof AnySuppression>;

export const SuppressionSearch = z.strictObject({ address: z.string().trim().min(3).max(254) });
export type SuppressionSearch = z.infer<typeof SuppressionSearch>;

export const FoundSuppressions = z.object({ items: z.array(AnySuppression) });
export type FoundSuppressions = z.infer<typeof FoundSuppressions>;
