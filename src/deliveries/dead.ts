import { z } from 'zod';
import { deliveryKinds } from '../domain/delivery-kind.js';
import { PageQuery } from '../platform/http/page.js';
import { RowIdText } from './replay-request.js';

const since = z.iso.datetime({
  offset: true,
  error: 'must be an RFC 3339 time such as "2026-03-24T09:00:00Z"',
});

const filter = {
  lane: z.string().max(50).optional(),
  reason: z.string().max(200).optional().describe('a part of the reason'),
  destination: RowIdText.optional(),
  since: since.optional().describe('given up at this time or later'),
};

export const DeadQuery = PageQuery.extend(filter);
export type DeadQuery = z.infer<typeof DeadQuery>;

/** Which dead deliveries are to be sent again, and from where on, when a replay before stopped there. */
export const DeadReplayRequest = z.strictObject({
  ...filter,
  after: RowIdText.optional().describe('`next` of the answer before'),
});
export type DeadReplayRequest = z.infer<typeof DeadReplayRequest>;

/** A delivery that was given up, as the operator sees it. */
export const DeadDelivery = z.object({
  id: z.string(),
  accountId: z.string(),
  email: z.string().nullable().describe('of the account'),
  destination: z.object({ id: z.string(), label: z.string().nullable(), status: z.string().nullable() }),
  alertId: z.string().nullable(),
  kind: z.enum(deliveryKinds),
  lane: z.string(),
  reason: z.string().nullable(),
  createdAt: z.iso.datetime(),
  diedAt: z.iso.datetime(),
});
export type DeadDelivery = z.infer<typeof DeadDelivery>;

export const DeadReplayed = z.object({
  replayed: z.int().describe('how many are due again'),
  skipped: z
    .int()
    .describe(
      'how many were left as they are: their destination is not at work, or what they tell went back',
    ),
  next: z
    .string()
    .nullable()
    .describe('when there are more: send it as `after`, to go on; null when all were looked at'),
});
export type DeadReplayed = z.infer<typeof DeadReplayed>;
