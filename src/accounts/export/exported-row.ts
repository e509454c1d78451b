import type { KeptRow } from './kept.store.js';

/** Of the machinery: what is searched and leased by, which says nothing of anybody. */
const workings = new Set(['keyword_query', 'parcel_id', 'account_id']);

/**
 * A row as its owner gets it: names as the API spells them, times in RFC 3339. Hashes and sealed secrets are left out: whatever
 * is of type bytea.
 */
export function exportedRow(row: KeptRow): KeptRow {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name, value]) => !workings.has(name) && !Buffer.isBuffer(value))
      .map(([name, value]) => [camelCase(name), value]),
  );
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
