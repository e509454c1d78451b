// A field for a time zone that is still empty takes the browser's own.
for (const field of document.querySelectorAll('input[data-own-zone]')) {
  if (field instanceof HTMLInputElement && field.value === '') {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
}
