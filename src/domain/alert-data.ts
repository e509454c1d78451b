import { z } from 'zod';
import type { AlertContent, ChangeContent } from './alert-content.js';
import { SeverityDelta } from './delta.js';
import { Analysis, Capture } from './provision-event.js';
import { lockableParts } from './tiers.js';

const Exposure = z
  .object({ before: z.int().min(0), after: z.int().min(0) })
  .describe('Σ over the provisions in force of 1 (low), 3 (medium), 9 (high), before and after the revision');

const ChangeData = z.object({
  id: z.string(),
  url: z.string(),
  time: z.iso.datetime().describe('when the archive saw the change'),
  effectiveAt: z.iso.date().nullable().describe('when the new text takes effect, if the archive knows'),
  provision: z.object({
    id: z.string(),
    title: z.string(),
    clauseType: z.string(),
    categories: z.array(z.string()),
  }),
  delta: SeverityDelta,
  text: z
    .object({ before: z.string().nullable(), after: z.string().nullable() })
    .describe('null where the provision is not in force'),
  standing: z
    .object({ lower: z.int().min(0), equal: z.int().min(0), higher: z.int().min(0) })
    .describe(
      "how many of the other entities' provisions of this clause type are rated lower, equal, higher",
    ),
  capture: z
    .object({ before: Capture.nullable(), after: Capture.nullable() })
    .describe('where the wording was seen, and the SHA-256 of what was seen'),
  citation: z.string().describe('one line, ready to paste'),
  analysis: Analysis.nullable().describe("what the account's tier holds of it"),
  locked: z.array(z.enum(lockableParts)).describe('the parts of `analysis` that a higher tier unlocks'),
  flapping: z
    .object({ since: z.iso.datetime(), times: z.int().min(0) })
    .nullable()
    .describe('since when it goes back and forth, and how often: it is told once, then not until it rests'),
  revertedAt: z.iso.datetime().nullable().describe('when a later change undid it; null while it stands'),
  retractedAt: z.iso.datetime().nullable().describe('when the archive took it back; null while it stands'),
});

/** An alert as machines read it: in the inbox, and as the `data` of `alert.created`. Changes are gravest first. */
export const AlertData = z.object({
  alert: z.object({
    id: z.string(),
    url: z.string().describe('the alert in the inbox'),
    watchlists: z.array(z.object({ id: z.string(), name: z.string() })).describe('the ones that matched'),
    followUp: z.boolean().describe('true when earlier changes of the same revision were alerted already'),
  }),
  entity: z.object({ id: z.string(), name: z.string(), exposure: Exposure }),
  document: z.object({ id: z.string(), title: z.string(), url: z.string().nullable(), exposure: Exposure }),
  revision: z.object({ id: z.string().nullable() }),
  changes: z.array(ChangeData).min(1),
});
export type AlertData = z.infer<typeof AlertData>;

/** The part of an alert's data that all its recipients share. Field by field: nothing undocumented slips in. */
export function sharedAlertData({
  entity,
  document,
  revision,
  changes,
}: AlertContent): Omit<AlertData, 'alert'> {
  return {
    entity: { id: entity.id, name: entity.name, exposure: entity.exposure },
    document: { id: document.id, title: document.title, url: document.url, exposure: document.exposure },
    revision: { id: revision.id },
    changes: changes.map(changeData),
  };
}

function changeData(change: ChangeContent): AlertData['changes'][number] {
  const { provision, text, standing } = change;
  return {
    id: change.id,
    url: change.url,
    time: change.time,
    effectiveAt: change.effectiveAt,
    provision: {
      id: provision.id,
      title: provision.title,
      clauseType: provision.clauseType,
      categories: provision.categories,
    },
    delta: change.delta,
    text: { before: text.before, after: text.after },
    standing: { lower: standing.lower, equal: standing.equal, higher: standing.higher },
    capture: change.capture,
    citation: change.citation,
    analysis: change.analysis,
    locked: change.locked,
    flapping: change.flapping ?? null,
    revertedAt: change.revertedAt ?? null,
    retractedAt: change.retractedAt ?? null,
  };
}
