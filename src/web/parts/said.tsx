/**
 * What was just done, after the browser was led on, and where its reader goes on from: `?said=` names one of a page's fixed
 * sentences, never words of its own.
 */
export function Said({ code, sentences }: { code: unknown; sentences: Readonly<Record<string, string>> }) {
  if (typeof code !== 'string' || !Object.hasOwn(sentences, code)) return null;
  return (
    <p class="said" role="status" tabIndex={-1} autofocus>
      {sentences[code]}
    </p>
  );
}
