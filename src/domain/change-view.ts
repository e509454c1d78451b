import { z } from 'zod';
import { SeverityDelta } from './delta.js';
import { Capture } from './provision-event.js';

const Around = z.object({ before: z.int(), after: z.int() });
const Texts = { before: z.string().nullable(), after: z.string().nullable() };

/** How other entities rate the same kind of clause. */
export const StandingView = z.object({
  lower: z.int().describe("other entities' provisions of the same clause type that are rated lower"),
  equal: z.int(),
  higher: z.int(),
});

/** One change as the API shows it: the names are those that its event gave, whatever things are called since. */
export const ChangeView = z.object({
  id: z.string(),
  source: z.string(),
  eventId: z.string(),
  time: z.iso.datetime().describe('when the archive saw the change'),
  receivedAt: z.iso.datetime(),
  effectiveAt: z.iso.date().nullable().describe('when the new text takes effect'),
  entity: z.object({ id: z.string(), name: z.string() }),
  document: z.object({ id: z.string(), title: z.string(), url: z.string().nullable() }),
  provision: z.object({
    id: z.string(),
    title: z.string(),
    clauseType: z.string(),
    categories: z.array(z.string()),
    url: z.string().nullable(),
  }),
  revision: z.object({ id: z.string() }).nullable(),
  delta: SeverityDelta,
  standing: StandingView,
  exposure: z.object({ entity: Around, document: Around }),
  late: z.boolean().describe('older than what was known: kept as history, moved nothing'),
  gap: z.boolean().describe('its "before" contradicts what was known'),
  verdict: z
    .enum(['news', 'reverted', 'flapping', 'quiet'])
    .describe(
      'news; reverted: it undid others, and only who was told of those hears of it; flapping: it went back once too often; quiet: it flaps still, and nobody is told',
    ),
  undoneBy: z
    .object({ id: z.string(), time: z.iso.datetime() })
    .nullable()
    .describe('the change that undid it since'),
  retracted: z
    .object({ at: z.iso.datetime(), reason: z.string().nullable() })
    .nullable()
    .describe('the archive took it back'),
  correction: z.int().describe('which correction it is; 0 when it is as it was first told'),
  text: z.object({
    ...Texts,
    diff: z.array(z.object({ op: z.enum(['=', '+', '-']), text: z.string() })),
  }),
  capture: z.object({ before: Capture.nullable(), after: Capture.nullable() }),
});
export type ChangeView = z.infer<typeof ChangeView>;

/** The same before its words are compared: that costs more than all the rest. */
export type ChangeRecord = Omit<ChangeView, 'text'> & { text: Pick<ChangeView['text'], 'before' | 'after'> };
