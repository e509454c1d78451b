/** Gmail cuts a mail off at 102 KB; what a recipient's own parts add to the template is well below the rest. */
const mostHtmlBytes = 94_000;

/**
 * Renders a mail, with fewer changes told in full until it fits.
 *
 * @param most how many changes are told in full at most; with one it goes out however long it is
 * @returns the mail, and how many changes it tells in full
 */
export async function fittingHtml(
  most: number,
  render: (inFull: number) => Promise<string>,
): Promise<{ html: string; inFull: number }> {
  let inFull = most;
  for (;;) {
    const html = await render(inFull);
    const bytes = Buffer.byteLength(html);
    if (bytes <= mostHtmlBytes || inFull <= 1) return { html, inFull };
    inFull = Math.max(1, Math.min(inFull - 1, Math.floor((inFull * mostHtmlBytes) / bytes)));
  }
}
