import { z } from 'zod';
import { ArchiveId } from '../domain/ids.js';
import { PlainText } from '../domain/plain-text.js';
import { PageQuery } from '../platform/http/page.js';

/** A name of 1,000 characters and an id of 200, escaped twice over and in base64, are at most about this long. */
const longestEntityCursor = 12_000;

export const EntityQuery = PageQuery.extend({
  cursor: z.string().max(longestEntityCursor).optional(),
  q: PlainText.refine((text) => text.length <= 200, 'must be at most 200 characters')
    .transform((text) => text.trim())
    .optional()
    .describe('part of the name or the id, in any case'),
});
export type EntityQuery = z.infer<typeof EntityQuery>;

const Since = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'must be an RFC 3339 time such as "2026-03-24T09:00:00Z", or a date',
  })
  .transform((text) => new Date(text));

export const ChangeQuery = PageQuery.extend({
  entity: ArchiveId.optional(),
  document: ArchiveId.optional(),
  provision: ArchiveId.optional(),
  since: Since.optional().describe('changes that the archive saw at this time or later'),
});
export type ChangeQuery = z.infer<typeof ChangeQuery>;
