document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
  if (button instanceof HTMLElement) void copy(button);
});

/** Copies the text that a button names, and says so where it stood. */
async function copy(button: HTMLElement): Promise<void> {
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset['copy'] ?? '');
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Select it and copy by hand';
  }
  setTimeout(() => (button.textContent = words), 2_000);
}
