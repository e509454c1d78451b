import { z } from 'zod';
import { ArchiveId } from './ids.js';
import { PlainText, shownText } from './plain-text.js';
import { Capture, Instant, WebUrl } from './provision-event.js';

const longestDetail = 1_000;
const title = shownText(1_000);

const subjects = {
  entity: z.object({ id: ArchiveId, name: title }),
  document: z.object({ id: ArchiveId, title, url: WebUrl.optional() }),
};
const attributes = {
  specversion: z.literal('1.0'),
  source: ArchiveId,
  id: ArchiveId,
  time: Instant,
  subject: ArchiveId.optional(),
};
const isItsDocument = (event: { subject?: string | undefined; data: { document: { id: string } } }) =>
  event.subject === undefined || event.subject === event.data.document.id;
const otherSubject = { path: ['subject'], error: 'must be the id of data.document' };

/** The archive looked at a document and found it unchanged. `checkedAt` is the event's time unless given. */
export const CheckedEvent = z
  .object({
    ...attributes,
    type: z.literal('document.checked.v1'),
    data: z.object({ ...subjects, checkedAt: Instant.optional(), capture: Capture.optional() }),
  })
  .refine(isItsDocument, otherSubject);

/** The archive looked for a document and could not see it. `since` is the event's time unless given. */
export const UnreachableEvent = z
  .object({
    ...attributes,
    type: z.literal('document.unreachable.v1'),
    data: z.object({
      ...subjects,
      since: Instant.optional(),
      detail: PlainText.refine(
        (text) => text.length <= longestDetail,
        `must be at most ${longestDetail} characters`,
      ).optional(),
    }),
  })
  .refine(isItsDocument, otherSubject);

/** What an archive tells of a document that did not change. */
export type CoverageEvent = z.infer<typeof CheckedEvent> | z.infer<typeof UnreachableEvent>;
