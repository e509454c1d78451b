// Single keys act only where their reader wants them: who speaks to the browser switches them off (WCAG 2.2, 2.1.4).
const keysOff = 'tocsin-keys-off';

/** Asked by whatever acts on a letter or a sign alone. */
function singleKeysAct(): boolean {
  try {
    return localStorage.getItem(keysOff) === null;
  } catch {
    // A browser that keeps nothing keeps no wish either.
    return true;
  }
}

for (const box of document.querySelectorAll<HTMLInputElement>('[data-single-keys]')) {
  box.checked = singleKeysAct();
}

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset['singleKeys'] === undefined) return;
  try {
    if (target.checked) localStorage.removeItem(keysOff);
    else localStorage.setItem(keysOff, '');
  } catch {
    target.checked = true;
  }
});
