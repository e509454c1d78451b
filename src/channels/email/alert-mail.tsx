import type { AlertContent } from '../../domain/alert-content.js';
import { AlertHtml } from './alert-html.js';
import { alertText } from './alert-text.js';
import { fittingHtml } from './fitting-html.js';
import { shownAlert } from './shown-alert.js';
import { mjmlToHtml } from './mail-layout.js';
import type { Slots } from './slots.js';

/** The HTML and the plain text of an alert, with words in place of what differs from recipient to recipient. */
export async function alertMail(
  content: AlertContent,
  publicUrl: string,
  slots: Slots,
): Promise<{ html: string; text: string }> {
  const whole = shownAlert(content);
  const cutTo = (inFull: number) => ({ ...whole, changes: whole.changes.slice(0, inFull) });
  const { html, inFull } = await fittingHtml(whole.changes.length, async (count) =>
    mjmlToHtml(<AlertHtml view={cutTo(count)} publicUrl={publicUrl} slots={slots} />),
  );
  return { html, text: alertText(cutTo(inFull), slots) };
}
