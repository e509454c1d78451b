/** A section of a page, and the id by which it is reached. */
export type Place = { id: string; words: string };

/** The ways down a long page. */
export function OnThisPage({ places }: { places: readonly Place[] }) {
  return (
    <nav class="ways aside" aria-label="On this page">
      {places.map(({ id, words }) => (
        <a key={id} href={`#${id}`}>
          {words}
        </a>
      ))}
    </nav>
  );
}
