import { z } from 'zod';
import { PlainText } from '../domain/plain-text.js';
import { Severity } from '../domain/severity.js';

const EntityName = z.object({ id: z.string(), name: z.string() });

export const SearchQuery = z.object({
  q: PlainText.refine((text) => text.length <= 200, 'must be at most 200 characters').describe(
    'words of names and titles, each as far as it was typed; or an id',
  ),
  limit: z.coerce
    .number('must be a number from 1 to 50')
    .int('must be a number from 1 to 50')
    .min(1, 'must be a number from 1 to 50')
    .max(50, 'must be a number from 1 to 50')
    .default(10)
    .describe('how many of each kind, 1 to 50'),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

export const SearchView = z.object({
  entities: z.array(EntityName.extend({ exposure: z.int() })),
  documents: z.array(z.object({ id: z.string(), title: z.string(), exposure: z.int(), entity: EntityName })),
  provisions: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      clauseType: z.string(),
      severity: Severity.nullable().describe('null when the provision is not in force'),
      entity: EntityName,
      document: z.object({ id: z.string(), title: z.string() }),
    }),
  ),
  clauseTypes: z.array(
    z.object({ slug: z.string(), gravest: Severity.describe('of the provisions of this type in force') }),
  ),
});
export type SearchView = z.infer<typeof SearchView>;
