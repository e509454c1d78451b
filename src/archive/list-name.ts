import { createHash } from 'node:crypto';

/**
 * Names a filtered list for its cursors, so that a cursor is refused under other filters. The filters are hashed: they
 * may be longer than a cursor.
 */
export function listName(list: string, filters: readonly (string | null)[]): string {
  return `${list}:${createHash('sha256').update(JSON.stringify(filters)).digest('base64url').slice(0, 16)}`;
}
