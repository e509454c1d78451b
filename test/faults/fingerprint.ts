import { createHash } from 'node:crypto';

/** Tells two messages apart. */
export function hash(text: string | Buffer): string {
  return createHash('sha1').update(text).digest('base64');
}
