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
  sayAloud(button.textContent);
  setTimeout(() => (button.textContent = words), 2_000);
}

/** A button's new words are not read out by themselves: a region that is heard says them. */
function sayAloud(words: string): void {
  let region = document.getElementById('copy-said');
  if (!region) {
    region = document.createElement('p');
    region.id = 'copy-said';
    region.className = 'unseen';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  region.textContent = '';
  const heard = region;
  setTimeout(() => (heard.textContent = words), 50);
}
