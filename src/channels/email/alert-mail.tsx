import type { AlertContent } from '../../domain/alert-content.js';
import { AlertHtml } from './alert-html.js';
import { alertText } from './alert-text.js';
import { shownAlert } from './shown-alert.js';
import { mjmlToHtml } from './mail-layout.js';
import type { Slots } from './slots.js';

/** Gmail cuts a mail off at 102 KB; what a recipient's own parts add to the template is well below the rest. */
const mostHtmlBytes = 94_000;

/** The HTML and the plain text of an alert, with words in place of what differs from recipient to recipient. */
export async function alertMail(
  content: AlertContent,
  publicUrl: string,
  slots: Slots,
): Promise<{ html: string; text: string }> {
  let view = shownAlert(content);
  for (;;) {
    const html = await mjmlToHtml(<AlertHtml view={view} publicUrl={publicUrl} slots={slots} />);
    const bytes = Buffer.byteLength(html);
    const inFull = view.changes.length;
    if (bytes <= mostHtmlBytes || inFull === 1) return { html, text: alertText(view, slots) };
    const fitting = Math.min(inFull - 1, Math.floor((inFull * mostHtmlBytes) / bytes));
    view = { ...view, changes: view.changes.slice(0, Math.max(1, fitting)) };
  }
}
