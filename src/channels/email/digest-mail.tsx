import type { DigestContent } from '../../domain/digest-content.js';
import { DigestHtml } from './digest-html.js';
import { digestText } from './digest-text.js';
import { fittingHtml } from './fitting-html.js';
import { mjmlToHtml } from './mail-layout.js';
import { shownDigest } from './shown-digest.js';
import type { Slots } from './slots.js';

/** Most changes that a digest tells in full; its page has them all. */
const mostChangesInFull = 30;

/** The HTML and the plain text of a digest, with words in place of what differs from recipient to recipient. */
export async function digestMail(
  content: DigestContent,
  publicUrl: string,
  slots: Slots,
): Promise<{ html: string; text: string }> {
  const most = Math.min(mostChangesInFull, content.total);
  const { html, inFull } = await fittingHtml(most, async (count) =>
    mjmlToHtml(<DigestHtml view={shownDigest(content, count)} publicUrl={publicUrl} slots={slots} />),
  );
  return { html, text: digestText(shownDigest(content, inFull), slots) };
}
