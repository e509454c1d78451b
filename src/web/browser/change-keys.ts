// Keys of pages that show a change: to its changed paragraphs, between its views, and to a list of the keys.
document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select, dialog');
  if (
    isTyping ||
    !singleKeysAct() ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.defaultPrevented
  )
    return;
  if (document.querySelector('[data-change-keys]') === null) return;
  if (event.key === 'j' || event.key === 'n') goToChanged(1);
  else if (event.key === 'k' || event.key === 'p') goToChanged(-1);
  else if (event.key === '?') openDialog('keys');
  else document.querySelector<HTMLAnchorElement>(`a[data-key="${CSS.escape(event.key)}"]`)?.click();
});

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const opening = event.target.closest<HTMLElement>('[data-opens]');
  if (opening) openDialog(opening.dataset['opens'] ?? '');
  if (event.target.closest('[data-closes]')) event.target.closest('dialog')?.close();
});

function openDialog(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** @param step 1 for the next one, -1 for the one before; from where the reader is, round and round */
function goToChanged(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('[data-changed]')];
  if (all.length === 0) return;
  const at = all.findIndex((one) => one === document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
  all[next]?.focus({ preventScroll: true });
  all[next]?.scrollIntoView({ block: 'center' });
}
