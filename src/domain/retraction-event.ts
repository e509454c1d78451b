import { z } from 'zod';
import { ArchiveId } from './ids.js';
import { shownText } from './plain-text.js';
import { Instant } from './provision-event.js';

/** One CloudEvent 1.0 of type `provision.retracted.v1`: what the archive told by an earlier event was wrong. */
export const RetractionEvent = z.object({
  specversion: z.literal('1.0'),
  type: z.literal('provision.retracted.v1'),
  source: ArchiveId,
  id: ArchiveId,
  time: Instant,
  subject: ArchiveId.optional(),
  data: z.object({
    retracts: z
      .object({ source: ArchiveId.optional(), id: ArchiveId })
      .describe('the event that was wrong; of the same source unless it is named'),
    reason: shownText(1_000).optional().describe('why, as readers see it'),
  }),
});
export type RetractionEvent = z.infer<typeof RetractionEvent>;
