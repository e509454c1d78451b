import { createHash } from 'node:crypto';
import { normalWords } from './normal-words.js';
import type { Side } from './provision-event.js';
import type { Fingerprint } from './standing-changes.js';

/** The same for two sides exactly when a change of one into the other would be cosmetic: severity and words. */
export function fingerprintOf(side: Side | null): Fingerprint {
  if (side === null) return 'not in force';
  const hash = createHash('sha256');
  // A word holds no line break, so the words can't run into each other.
  for (const { key } of normalWords(side.text).words) hash.update(`${key}\n`);
  return `${side.severity} ${hash.digest('base64url')}`;
}
