import { shown } from '../../domain/shown-text.js';
import { webAddress } from '../../domain/web-url.js';

/**
 * What of Adaptive Cards a message is made of. Text goes into TextRuns alone: they have no markup, so `[a](b)`, `**b**` or
 * `<at>` in an event stay the characters they are, which no escaping of a TextBlock's Markdown can promise. Links are buttons:
 * Teams has shown TextRuns with a link as bare text (https://github.com/microsoft/AdaptiveCards/issues/9100).
 *
 * @see https://adaptivecards.io/explorer/RichTextBlock.html
 */
export type CardElement = RichTextBlock | ActionSet | Container;

type Look = {
  readonly weight?: 'Bolder';
  readonly size?: 'Small' | 'Medium' | 'Large';
  readonly color?: 'Attention' | 'Warning' | 'Good';
  readonly isSubtle?: true;
  readonly fontType?: 'Monospace';
  readonly strikethrough?: true;
  readonly underline?: true;
};
export type TextRun = { type: 'TextRun'; text: string } & Look;
type Place = { spacing?: 'None' | 'Small' | 'Medium'; separator?: true };
export type RichTextBlock = { type: 'RichTextBlock'; inlines: TextRun[] } & Place;
export type OpenUrl = { type: 'Action.OpenUrl'; title: string; url: string };
export type ActionSet = { type: 'ActionSet'; actions: OpenUrl[] };
export type Container = { type: 'Container'; style?: 'emphasis'; items: CardElement[] } & Place;

/** Links with longer addresses are left out: each counts into the size of the card. */
export const longestUrl = 500;

/** No run at all for empty text: an empty one draws a warning, or a gap. */
export function words(text: string, look: Look = {}): TextRun[] {
  const safe = inert(text);
  return safe === '' ? [] : [{ type: 'TextRun', text: safe, ...look }];
}

export const bold = (text: string) => words(text, { weight: 'Bolder' });

/** A paragraph; none without words. */
export function paragraph(runs: TextRun[], place: Place = {}): CardElement[] {
  return runs.length === 0 ? [] : [{ type: 'RichTextBlock', inlines: runs, ...place }];
}

/** A row of buttons; none without buttons. */
export function buttons(actions: OpenUrl[]): CardElement[] {
  return actions.length === 0 ? [] : [{ type: 'ActionSet', actions }];
}

/** A button that opens a web page; none when `url` leads to none. */
export function button(title: string, url: string | null | undefined): OpenUrl[] {
  const href = webUrl(url);
  return href === null ? [] : [{ type: 'Action.OpenUrl', title: inert(title), url: href }];
}

function webUrl(url: string | null | undefined): string | null {
  const href = webAddress(url)?.href.replaceAll('\\', '%5C') ?? null;
  return href !== null && href.length <= longestUrl ? href : null;
}

/**
 * Text that nothing acts on. A word joiner, which nobody sees, takes apart what clients replace even in TextRuns
 * (`{{DATE(…)}}`: https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features), and what would be a
 * template's `${…}` or begin a mention if a workflow passed the text on.
 */
function inert(text: string): string {
  return shown(text.toWellFormed()).replaceAll(/[{$](?=\{)|<(?=\/?at\b)/gi, '$&\u2060');
}
