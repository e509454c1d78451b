import { z } from 'zod';
import { Problem } from './problem.js';

/** `?limit=` and `?cursor=` of every list. */
export const PageQuery = z.object({
  limit: z.coerce
    .number('must be a number from 1 to 200')
    .int('must be a number from 1 to 200')
    .min(1, 'must be a number from 1 to 200')
    .max(200, 'must be a number from 1 to 200')
    .default(50)
    .describe('how many items a page has, 1 to 200'),
  cursor: z.string().max(1_000).optional().describe('nextCursor of the page before'),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** What a list answers. `nextCursor` is null on the last page. */
export type Page<Item> = { items: Item[]; nextCursor: string | null };

/** The schema of a page, for the API's description. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/**
 * Where a list goes on: the sort key of the last item shown, bound to the list's name so that a cursor of another list is
 * refused rather than misread.
 */
export function cursorAfter(list: string, key: string): string {
  return Buffer.from(JSON.stringify([list, key])).toString('base64url');
}

/** @returns the sort key to go on after, or null for the first page. @throws Problem 422 for a cursor from elsewhere */
export function keyOfCursor(
  list: string,
  cursor: string | undefined,
  isKey: (key: string) => boolean,
): string | null {
  if (cursor === undefined) return null;
  const [name, key] = parseCursor(cursor);
  if (name !== list || key === undefined || !isKey(key)) {
    throw new Problem(422, 'The cursor is not one of this list.', [
      { path: 'cursor', message: 'must be the nextCursor of an earlier answer of this list' },
    ]);
  }
  return key;
}

function parseCursor(cursor: string): [string?, string?] {
  try {
    const parsed = z
      .tuple([z.string(), z.string()])
      .safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

/** Cuts `limit + 1` rows to a page: the extra row says that there is more. */
export function pageOfRows<Row, Item>(
  list: string,
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? cursorAfter(list, keyOf(last)) : null,
  };
}
