// Offers the browser's time zone where it is another than the one that is set. Nothing is set but by its reader.
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-zone-guess]')) {
  const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const field = document.getElementById('timeZone');
  if (guess && guess !== button.dataset['zoneGuess'] && field instanceof HTMLInputElement) {
    button.textContent = `Take ${guess}`;
    button.disabled = false;
    button.addEventListener('click', () => {
      field.value = guess;
      field.focus();
    });
  }
}
