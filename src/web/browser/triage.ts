// The inbox by keys: see the list that "?" shows. Enter is the browser's own, on the link that is focused.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-triage]')) triage(form);

function triage(form: HTMLFormElement): void {
  const rows = [...form.querySelectorAll<HTMLElement>('[data-row]')];
  const boxes = rows.map((row) => row.querySelector<HTMLInputElement>('.pick'));
  const all = form.querySelector<HTMLInputElement>('[data-select-all]');
  const submit = form.querySelector<HTMLElement>('[data-acknowledge]');
  const dialog = document.querySelector<HTMLDialogElement>('[data-keys]');

  const showKeys = () => {
    if (dialog && !dialog.open) dialog.showModal();
  };
  const noteChoice = () => {
    const chosen = boxes.filter((box) => box?.checked).length;
    if (!all) return;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));
  const goTo = (place: number) => {
    const row = rows[Math.max(0, Math.min(place, rows.length - 1))];
    row?.querySelector<HTMLElement>('[data-open]')?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  };
  const pick = (place: number) => {
    const box = boxes[place];
    if (!box) return;
    box.checked = !box.checked;
    noteChoice();
  };
  const acknowledge = () => {
    const chosen = boxes.some((box) => box?.checked);
    const box = boxes[current()];
    if (!chosen && !box) return;
    if (!chosen && box) box.checked = true;
    form.requestSubmit(submit);
  };
  const acts: Readonly<Record<string, () => void>> = {
    j: () => goTo(current() + 1),
    k: () => goTo(current() < 0 ? 0 : current() - 1),
    x: () => pick(current()),
    e: acknowledge,
    '?': showKeys,
  };

  all?.addEventListener('change', () => {
    for (const box of boxes) if (box) box.checked = all.checked;
  });
  form.addEventListener('change', noteChoice);
  document.querySelector('[data-show-keys]')?.addEventListener('click', showKeys);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open || !singleKeysAct()) return;
    const typesText =
      event.target instanceof Element &&
      event.target.closest('input:not([type=checkbox]), select, textarea') !== null;
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
    if (typesText || !act) return;
    event.preventDefault();
    act();
  });
  noteChoice();
}
