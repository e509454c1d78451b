import { z } from 'zod';
import { ArchiveId, Slug } from './ids.js';
import { PlainText, shownText } from './plain-text.js';
import { Severity } from './severity.js';
import { webAddress } from './web-url.js';

const title = shownText(1_000);
const prose = PlainText;
// No `format: uri` in its JSON schema: RFC 3986 knows no letters but ASCII, and addresses are taken as browsers take them.
export const WebUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine((url) => webAddress(url) !== null, 'must be an http(s) URL')
  // What parses URLs drops or replaces these; what is kept is the text as it came, and PostgreSQL takes neither.
  .refine((url) => !/\p{Cc}/u.test(url) && url.isWellFormed(), 'must not contain control characters');
/** PostgreSQL and RFC 3339 agree on the years 1 to 9999 alone. What comes with another offset is kept in UTC. */
export const Instant = z.iso
  .datetime({ offset: true, abort: true, error: 'must be an RFC 3339 time such as "2026-03-24T09:00:00Z"' })
  .refine((time) => {
    const year = new Date(time).getUTCFullYear();
    return year >= 1 && year <= 9999;
  }, 'must be in the years 1 to 9999')
  .overwrite((time) => (time.endsWith('Z') ? time : new Date(time).toISOString().replace('.000Z', 'Z')));
const Day = z.iso
  .date('must be a date such as "2026-03-24"')
  .refine((day) => !day.startsWith('0000'), 'must be in the years 1 to 9999');

export const Capture = z.object({
  capturedAt: Instant,
  sourceUrl: WebUrl.optional(),
  archiveUrl: WebUrl.optional(),
  sha256: z
    .string()
    // No flag: a JSON schema has none.
    .regex(/^[0-9A-Fa-f]{64}$/, 'must be 64 hex digits')
    .optional(),
});
export type Capture = z.infer<typeof Capture>;

/** A provision as it stood before or after a change. */
export const Side = z.object({ severity: Severity, text: prose, capture: Capture.optional() });
export type Side = z.infer<typeof Side>;

export const Analysis = z.object({
  summary: prose.optional(),
  consumerImpact: prose.optional(),
  businessImpact: prose.optional(),
  regulatoryCitations: z.array(z.object({ citation: shownText(500), note: prose.optional() })).optional(),
  complianceMemo: prose.optional(),
  agencies: z
    .array(
      z.object({
        code: ArchiveId,
        name: prose.optional(),
        note: prose.optional(),
        complaintUrl: WebUrl.optional(),
      }),
    )
    .optional(),
});
export type Analysis = z.infer<typeof Analysis>;

const ProvisionChange = z
  .object({
    entity: z.object({ id: ArchiveId, name: title }),
    document: z.object({ id: ArchiveId, title, url: WebUrl.optional(), lastUpdated: Day.optional() }),
    provision: z.object({
      id: ArchiveId,
      title,
      clauseType: Slug,
      categories: z.array(Slug).max(50),
      url: WebUrl.optional(),
    }),
    revision: z.object({ id: ArchiveId, size: z.int().min(1).max(1_000_000).optional() }).optional(),
    before: Side.nullish(),
    after: Side.nullable(),
    effectiveAt: Day.optional(),
    analysis: Analysis.optional(),
    correction: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('higher than before: the archive corrects what it told by the same source and id'),
  })
  .refine((data) => !(data.before === null && data.after === null), {
    path: ['after'],
    error: 'before and after must not both be null: the provision was never in force',
  });

/** One CloudEvent 1.0 of type `provision.changed.v1`. Extension attributes are allowed and dropped. */
export const ProvisionEvent = z
  .object({
    specversion: z.literal('1.0'),
    type: z.literal('provision.changed.v1'),
    source: ArchiveId,
    id: ArchiveId,
    time: Instant,
    subject: ArchiveId,
    data: ProvisionChange,
  })
  .refine((event) => event.subject === event.data.provision.id, {
    path: ['subject'],
    error: 'must be the id of data.provision',
  });

/** `data.before` is undefined when the event leaves it to the provision's last known state. */
export type ProvisionEvent = z.infer<typeof ProvisionEvent>;
