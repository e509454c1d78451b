/** Words as they begin a sentence. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Gone for good.": words as a sentence of their own. */
export function sentence(words: string): string {
  const begun = capitalised(words);
  return begun === '' || /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
