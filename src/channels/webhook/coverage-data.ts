import { z } from 'zod';
import type { CoverageContent } from '../../domain/coverage-content.js';

const Time = z.iso.datetime();

/** The sight of a followed document, as machines read it. */
export const CoverageData = z.object({
  entity: z.object({ id: z.string(), name: z.string() }),
  document: z.object({ id: z.string(), title: z.string(), url: z.string().nullable() }),
  cause: z
    .enum(['unverified', 'unreachable'])
    .describe('nobody looked at it for too long, or the archive looked and could not see it'),
  lastVerified: Time.nullable().describe('when the archive last saw it'),
  since: Time.describe('since when it is out of sight, or was'),
  detail: z.string().nullable().describe("the fault, in the archive's words"),
  url: z.string().describe('the page of the document'),
});
export type CoverageData = z.infer<typeof CoverageData>;

/** Field by field: nothing undocumented slips in. */
export function coverageData(content: CoverageContent): CoverageData {
  const { entity, document, cause, lastVerified, since, detail, url } = content;
  return {
    entity: { id: entity.id, name: entity.name },
    document: { id: document.id, title: document.title, url: document.url },
    cause,
    lastVerified,
    since,
    detail,
    url,
  };
}
