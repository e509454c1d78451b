/** Reads a file of text into the field that it is for: `<input type="file" data-reads-into="id">`. */
document.addEventListener('change', (event) => {
  const chosen = event.target;
  if (!(chosen instanceof HTMLInputElement) || chosen.dataset['readsInto'] === undefined) return;
  const field = document.getElementById(chosen.dataset['readsInto']);
  const file = chosen.files?.[0];
  if (!(field instanceof HTMLTextAreaElement) || !file) return;
  void read(file, field);
});

async function read(file: File, field: HTMLTextAreaElement): Promise<void> {
  field.value = await file.text();
  field.focus();
}
