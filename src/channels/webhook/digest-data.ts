import { z } from 'zod';
import { ChangeData, changeData } from '../../domain/alert-data.js';
import { SeverityDelta } from '../../domain/delta.js';
import type { DigestContent, NetChangeContent } from '../../domain/digest-content.js';

const Time = z.iso.datetime();
const Count = z.int().min(0);
const Exposure = z
  .object({ before: Count, after: Count })
  .describe(
    'Σ over the provisions in force of 1 (low), 3 (medium), 9 (high), when the window began and ended',
  );

const NetChange = ChangeData.extend({
  steps: z
    .array(z.object({ id: z.string(), url: z.string(), time: Time, delta: SeverityDelta }))
    .min(1)
    .describe(
      'the changes it is made of, oldest first; `id`, `url` and `time` beside it are those of the last',
    ),
}).describe('what a window changed in one provision on balance: the first before and the last after');

const DigestDocument = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  exposure: Exposure,
  changes: z.array(NetChange).min(1).describe('gravest first'),
});

/** A digest as machines read it. */
export const DigestData = z.object({
  window: z.object({
    from: Time,
    until: Time,
    timeZone: z.string().describe('IANA name of the zone by which the window ends'),
    occasion: z.enum(['hourly', 'daily', 'weekly', 'quiet-hours']),
  }),
  entities: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        exposure: Exposure,
        documents: z.array(DigestDocument).min(1).describe('gravest first'),
      }),
    )
    .describe('gravest first; empty when nothing changed on balance'),
  total: Count.describe('net changes in all'),
  omitted: Count.describe('those that are not in `entities`, for lack of room; `url` shows them'),
  cancelledOut: Count.describe('provisions that changed and are again as they were'),
  echoes: z
    .array(
      z.object({
        about: z.enum(['reverted', 'retracted', 'corrected']),
        at: Time,
        alertUrl: z.string(),
        entity: z.string(),
        document: z.string(),
        provision: z.string(),
        delta: SeverityDelta.describe('what had been told'),
      }),
    )
    .describe('what was told in earlier messages and is no longer so'),
  url: z.string().describe('the page that shows all of it, with the steps'),
  coverage: z
    .object({
      documents: Count.describe('documents that are followed'),
      unseen: Count.describe('those of them that are out of sight: their silence says nothing'),
      lastVerified: Time.nullable().describe('when the archive last looked at one of them'),
    })
    .nullable()
    .describe('what was looked at, where it is known'),
  watchlists: z.array(z.object({ id: z.string(), name: z.string() })).describe('the ones that led to it'),
});
export type DigestData = z.infer<typeof DigestData>;

/** Field by field: nothing undocumented slips in. */
export function digestData(content: DigestContent): DigestData {
  const { from, until, timeZone, occasion, entities, total, omitted, cancelledOut, url, coverage } = content;
  return {
    window: { from, until, timeZone, occasion },
    entities: entities.map(({ id, name, exposure, documents }) => ({
      id,
      name,
      exposure,
      documents: documents.map((document) => ({
        id: document.id,
        title: document.title,
        url: document.url,
        exposure: document.exposure,
        changes: document.changes.map(netChange),
      })),
    })),
    total,
    omitted,
    cancelledOut,
    echoes: content.echoes.map((echo) => ({
      about: echo.about,
      at: echo.at,
      alertUrl: echo.alertUrl,
      entity: echo.entity,
      document: echo.document,
      provision: echo.provision,
      delta: echo.delta,
    })),
    url,
    coverage: coverage && {
      documents: coverage.documents,
      unseen: coverage.unseen,
      lastVerified: coverage.lastVerified,
    },
    watchlists: content.watchlists.map(({ id, name }) => ({ id, name })),
  };
}

function netChange(change: NetChangeContent): z.infer<typeof NetChange> {
  const steps = change.steps.map(({ id, url, time, delta }) => ({ id, url, time, delta }));
  return { ...changeData(change), steps };
}
