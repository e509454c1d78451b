import { createHash } from 'node:crypto';
import { keyOfCursor } from '../platform/http/page.js';
import { parseRowId } from '../domain/ids.js';
import type { PastMessage } from '../domain/past-messages.js';

/** Where a message stands in the list, newest first: its time, and the id of its first change. */
export function backtestKey({ at, changes }: PastMessage): string {
  return `${at} ${changes[0]?.id ?? ''}`;
}

/**
 * Reads where a list goes on.
 *
 * @param request what was asked for: a cursor is refused for anything else
 * @returns the list's name, and whether a message comes after the cursor
 * @throws Problem 422 for a cursor from elsewhere
 */
export function backtestCursor(
  request: unknown,
  cursor: string | undefined,
): { list: string; isAhead(message: PastMessage): boolean } {
  // Hashed: it may be longer than a cursor.
  const name = createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 16);
  const list = `backtest:${name}`;
  const key = keyOfCursor(list, cursor, (text) => parse(text) !== null);
  const shown = key === null ? null : parse(key);
  return {
    list,
    isAhead: ({ at, changes }) =>
      shown === null || at < shown.at || (at === shown.at && BigInt(changes[0]?.id ?? 0) < BigInt(shown.id)),
  };
}

function parse(key: string): { at: number; id: string } | null {
  const [at = '', id = '', ...rest] = key.split(' ');
  if (!/^\d{1,16}$/.test(at) || parseRowId(id) === null || rest.length > 0) return null;
  return { at: Number(at), id };
}
