const entities: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** Text as it stands in HTML, between tags or in a quoted attribute. */
export function escapedHtml(text: string): string {
  return /[&"<>]/.test(text) ? text.replaceAll(/[&"<>]/g, (sign) => entities[sign] ?? sign) : text;
}
