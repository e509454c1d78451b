/** When forms were sent last, in milliseconds since the page was opened. */
const sent = new WeakMap<HTMLFormElement, number>();

// A double click sends once: the browser would show what the second sending is answered, such as a link that is used up.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
  if (form.getAttribute('method')?.toLowerCase() !== 'post') return;
  const before = sent.get(form);
  if (before !== undefined && event.timeStamp - before < 2_000) event.preventDefault();
  else sent.set(form, event.timeStamp);
});
