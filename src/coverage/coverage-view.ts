import { z } from 'zod';
import { Unreachable } from '../domain/unreachable-view.js';

const coverageStates = ['ok', 'unverified', 'unreachable', 'unknown'] as const;

/** A followed document, and whether its silence can be trusted. */
export const CoveredDocument = z.object({
  document: z.object({ id: z.string(), title: z.string(), url: z.string().nullable() }),
  entity: z.object({ id: z.string(), name: z.string() }),
  state: z
    .enum(coverageStates)
    .describe(
      '`unverified`: not looked at for too long; `unreachable`: the archive cannot see it; `unknown`: the archive does not tell of its checks',
    ),
  lastVerified: z.iso.datetime().nullable().describe('when the archive last saw it, changed or not'),
  unreachable: Unreachable,
});
export type CoveredDocument = z.infer<typeof CoveredDocument>;
