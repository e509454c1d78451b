import type { EchoContent } from '../../domain/echo-content.js';
import { EchoHtml } from './echo-html.js';
import { echoText } from './echo-text.js';
import { fittingHtml } from './fitting-html.js';
import { mjmlToHtml } from './mail-layout.js';
import { shownEcho } from './shown-echo.js';
import type { Slots } from './slots.js';

/** The HTML and the plain text of what became of an alert, with words in place of what differs from recipient to recipient. */
export async function echoMail(
  content: EchoContent,
  publicUrl: string,
  slots: Slots,
): Promise<{ html: string; text: string }> {
  const whole = shownEcho(content);
  const cutTo = (inFull: number) => ({ ...whole, changes: whole.changes.slice(0, inFull) });
  const { html, inFull } = await fittingHtml(whole.changes.length, async (count) =>
    mjmlToHtml(<EchoHtml view={cutTo(count)} publicUrl={publicUrl} slots={slots} />),
  );
  return { html, text: echoText(cutTo(inFull), slots) };
}
