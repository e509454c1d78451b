/**
 * Parses an absolute URL; null when it is none. In place of `URL.canParse`, which on Node.js 20 denies good addresses with
 * non-ASCII characters or IPv6 literals once it has been called some thousand times and was optimised.
 */
export function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The address of a web page; null for what is none, or is not http(s): a link to it would be a trap. */
export function webAddress(text: string | null | undefined): URL | null {
  const url = text === null || text === undefined ? null : parsedUrl(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : null;
}
