import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request carries the secret that the operator set: as the password of HTTP basic authentication, whatever the
 * user name, or alone in a header. Takes as long for a secret that is nearly right as for any other.
 *
 * @param given the values of the headers, undefined for one that is missing
 */
export function hasSecret(given: { authorization?: string; header?: string }, secret: string): boolean {
  if (secret === '') return false;
  return [passwordIn(given.authorization), given.header ?? null].some(
    (candidate) => candidate !== null && isSame(candidate, secret),
  );
}

function passwordIn(authorization: string | undefined): string | null {
  const credentials = /^basic +([\w+/=-]{1,2000})$/i.exec(authorization?.trim() ?? '')?.[1];
  if (credentials === undefined) return null;
  const decoded = Buffer.from(credentials, 'base64').toString();
  const colon = decoded.indexOf(':');
  return colon < 0 ? null : decoded.slice(colon + 1);
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** Of the same length whatever the text, so that the length is told neither. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
