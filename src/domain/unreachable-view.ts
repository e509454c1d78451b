import { z } from 'zod';

/** That an archive can't see a document, as the API shows it. */
export const Unreachable = z
  .object({
    since: z.iso.datetime(),
    detail: z.string().nullable().describe('what the archive says of it'),
  })
  .nullable()
  .describe('null unless the archive says that it cannot see the document');
export type Unreachable = z.infer<typeof Unreachable>;

export function unreachableView(since: Date | null, detail: string | null): Unreachable {
  return since && { since: since.toISOString(), detail };
}
