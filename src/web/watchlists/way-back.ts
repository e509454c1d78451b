/** Any origin: only what stays on it is a path of ours. */
const here = 'http://here.invalid';

/**
 * Where a form asks to be led back to, with what is said there.
 *
 * @param back what the form brought: only a path of ours is heeded
 * @param otherwise where to lead for anything else
 * @param said code of a sentence, or null for none
 */
export function wayBack(back: string, otherwise: `/${string}`, said: string | null): `/${string}` {
  const url = pathOf(back) ?? new URL(otherwise, here);
  url.searchParams.delete('said');
  if (said !== null) url.searchParams.set('said', said);
  return `/${url.pathname.slice(1)}${url.search}`;
}

function pathOf(back: string): URL | null {
  if (!/^\/[^/\\]/.test(back) && back !== '/') return null;
  try {
    const url = new URL(back, here);
    // "/.//elsewhere" is "//elsewhere" once its dots are gone: another host.
    return url.origin === here && !url.pathname.startsWith('//') ? url : null;
  } catch {
    return null;
  }
}
