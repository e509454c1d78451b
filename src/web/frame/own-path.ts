const anyOrigin = 'http://own.invalid';
const longest = 2_000;

/**
 * Where to go on, from a query or a form that anybody may have written: nothing but a path of ours.
 *
 * @returns path and query as a browser reads them, in ASCII, so that nothing else can be read out of them; null for what
 * would lead elsewhere, and for the pages of signing in itself
 */
export function ownPath(text: string): `/${string}` | null {
  // A browser drops tabs and line ends, and takes "\\" for "/": "/\\t/evil.example" leads to another site.
  if (text.length > longest || !text.startsWith('/') || /[\\\p{Cc}]/u.test(text)) return null;
  let url: URL;
  try {
    url = new URL(text, anyOrigin);
  } catch {
    return null;
  }
  const path = url.pathname + url.search + url.hash;
  // "/.//evil.example" is ours as it stands, and is no more once the dot is gone.
  if (url.origin !== anyOrigin || !/^\/(?!\/)/.test(path)) return null;
  return /^\/(operator\/)?sign-(in|out)(?![^/?#])/.test(path) ? null : (path as `/${string}`);
}
