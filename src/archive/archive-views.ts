import { z } from 'zod';
import { StandingView } from '../domain/change-view.js';
import { Analysis, Capture } from '../domain/provision-event.js';
import { Unreachable } from '../domain/unreachable-view.js';
import { Severity } from '../domain/severity.js';
import { lockableParts } from '../domain/tiers.js';

const exposure = z.int().describe('sum over the provisions in force of 1 (low), 3 (medium), 9 (high)');
const severity = Severity.nullable().describe('null when the provision is not in force');
const Severities = z
  .object({ low: z.int(), medium: z.int(), high: z.int() })
  .describe('provisions in force by severity');
const Seen = {
  lastVerified: z.iso.datetime().nullable().describe('when the archive last saw it, changed or not'),
  unreachable: Unreachable,
};
const EntityName = z.object({ id: z.string(), name: z.string() });
const DocumentTitle = z.object({ id: z.string(), title: z.string() });

/** An entity in a list; a plural in a summary is a count. */
export const EntitySummary = z.object({
  id: z.string(),
  name: z.string(),
  exposure,
  documents: z.int().describe('how many documents are known'),
  provisions: z.int().describe('how many provisions are known, in force or not'),
});
export type EntitySummary = z.infer<typeof EntitySummary>;

export const EntityView = z.object({
  id: z.string(),
  name: z.string(),
  exposure,
  documents: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      exposure,
      provisions: z.int().describe('how many provisions are known, in force or not'),
      severities: Severities,
      ...Seen,
    }),
  ),
});
export type EntityView = z.infer<typeof EntityView>;

export const DocumentView = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  lastUpdated: z.iso.date().nullable(),
  ...Seen,
  entity: EntityName,
  exposure,
  provisions: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      clauseType: z.string(),
      categories: z.array(z.string()),
      severity,
    }),
  ),
});
export type DocumentView = z.infer<typeof DocumentView>;

export const ProvisionView = z.object({
  id: z.string(),
  title: z.string(),
  clauseType: z.string(),
  categories: z.array(z.string()),
  url: z.string().nullable(),
  entity: EntityName,
  document: DocumentTitle.extend({ url: z.string().nullable() }),
  severity,
  text: z.string().nullable(),
  effectiveAt: z.iso.date().nullable(),
  capture: Capture.nullable(),
  citation: z.string().describe('one line, ready to paste'),
  standing: StandingView,
  analysis: Analysis.nullable(),
  locked: z.array(z.enum(lockableParts)).describe("parts of the analysis that the account's tier leaves out"),
  since: z.iso.datetime().describe('the time of the change that brought this state'),
});
export type ProvisionView = z.infer<typeof ProvisionView>;

export const ClauseTypeView = z.object({
  slug: z.string(),
  severities: Severities,
  entities: z.int().describe('how many entities have such a clause in force'),
  provisions: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        severity: Severity,
        entity: EntityName,
        document: DocumentTitle,
      }),
    )
    .describe('the gravest in force, at most 200'),
});
export type ClauseTypeView = z.infer<typeof ClauseTypeView>;
