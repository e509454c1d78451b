import { z } from 'zod';
import { parseRowId } from '../domain/ids.js';

/** An id that could be one of ours. */
export const RowIdText = z.string().refine((id) => parseRowId(id) !== null, 'must be an id');

const Moment = z.iso.datetime({
  offset: true,
  error: 'must be an RFC 3339 time such as "2026-03-24T09:00:00Z"',
});

/** Which deliveries are to be sent again: those that all the given conditions hold for, of which there is one at least. */
export const ReplayRequest = z
  .strictObject({
    alert: RowIdText.optional(),
    destination: RowIdText.optional(),
    since: Moment.optional().describe('alerts made at this time or later'),
    until: Moment.optional().describe('alerts made before this time'),
    includeDelivered: z.boolean().default(false).describe('whether what arrived is sent once more, too'),
  })
  .refine(
    ({ alert, destination, since, until }) =>
      [alert, destination, since, until].some((given) => given !== undefined),
    'must name at least one of alert, destination, since and until',
  )
  .refine(
    ({ since, until }) => since === undefined || until === undefined || new Date(since) < new Date(until),
    {
      path: ['until'],
      error: 'must be later than since',
    },
  );
export type ReplayRequest = z.infer<typeof ReplayRequest>;

export const Replayed = z.object({
  replayed: z.int().describe('how many deliveries are due again'),
  skipped: z.int().describe('how many were left as they are, because their destination is not at work'),
});
export type Replayed = z.infer<typeof Replayed>;
