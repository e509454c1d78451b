// Keys of the search: "/" leads to it from anywhere, arrows go through its results, Escape goes back to the box.
document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector<HTMLInputElement>('[data-search]');
  if (event.key === '/' && singleKeysAct() && !isTyping(event.target)) {
    event.preventDefault();
    if (box) typeIn(box);
    else document.querySelector<HTMLAnchorElement>('header nav a[href$="/search"]')?.click();
    return;
  }
  if (!box) return;
  const hits = [...document.querySelectorAll<HTMLAnchorElement>('[data-hit]')];
  const at = hits.findIndex((hit) => hit === event.target);
  if (event.key === 'ArrowDown' && (event.target === box || at >= 0)) {
    event.preventDefault();
    hits[Math.min(at + 1, hits.length - 1)]?.focus();
  } else if (event.key === 'ArrowUp' && at >= 0) {
    event.preventDefault();
    if (at === 0) box.focus();
    else hits[at - 1]?.focus();
  } else if (event.key === 'Escape' && at >= 0) {
    typeIn(box);
  }
});

// The address says what is shown, so that coming back, or passing it on, shows it again.
document.addEventListener('htmx:after:swap', () => {
  const box = document.querySelector<HTMLInputElement>('[data-search="live"]');
  if (!box?.form) return;
  const words = box.value.trim();
  const query = words === '' ? '' : `?${new URLSearchParams({ q: words }).toString()}`;
  history.replaceState(history.state, '', new URL(box.form.action).pathname + query);
});

/** Selecting alone would leave the focus where it is. */
function typeIn(box: HTMLInputElement): void {
  box.focus();
  box.select();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName))
  );
}
