/** The way to the next page of a list; nothing on the last. @param href of the next page */
export function Pager({ href, words = 'More' }: { href: string | null; words?: string }) {
  if (href === null) return null;
  return (
    <p class="pager">
      <a rel="next" href={href}>
        {words}
      </a>
    </p>
  );
}
