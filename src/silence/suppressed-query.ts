import { z } from 'zod';
import { ArchiveId, parseRowId } from '../domain/ids.js';
import { SilenceReason } from '../domain/silence.js';
import { PageQuery } from '../platform/http/page.js';

export const SuppressedQuery = PageQuery.extend({
  since: z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], {
      error: 'must be an RFC 3339 time such as "2026-03-24T09:00:00Z", or a date',
    })
    .transform((text) => new Date(text))
    .optional()
    .describe('changes that came in at this time or later'),
  reason: SilenceReason.optional(),
  entity: ArchiveId.optional(),
  document: ArchiveId.optional(),
  watchlist: z
    .string()
    .refine((id) => parseRowId(id) !== null, 'must be an id')
    .optional(),
});
export type SuppressedQuery = z.infer<typeof SuppressedQuery>;
