import type {
  ContextBlock,
  RichTextBlock,
  RichTextElement,
  RichTextLink,
  RichTextList,
  RichTextQuote,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import { shown } from './slack-text.js';
import { webAddress } from '../../domain/web-url.js';

/**
 * Builders for rich text. In it, formatting is structure and text is only text: `<!channel>`, `*bold*` or a URL in an
 * event stay the characters they are, which no escaping of mrkdwn can promise. Elements that mention somebody
 * (`user`, `usergroup`, `channel`, `broadcast`) or show an emoji are never built.
 */
type Style = NonNullable<RichTextText['style']>;

/** Slack counts a link's URL into the size of the message, so longer ones show their label alone. */
const longestUrl = 500;

/** No element at all for empty text: Slack refuses those. */
export function words(text: string, style?: Style): RichTextText[] {
  const safe = shown(text);
  if (safe === '') return [];
  return [style === undefined ? { type: 'text', text: safe } : { type: 'text', text: safe, style }];
}

export const bold = (text: string) => words(text, { bold: true });

/** A link with a label of ours; the label alone when `url` is no http(s) URL that Slack would take. */
export function linkTo(url: string | null | undefined, label: string, style?: Style): RichTextElement[] {
  const text = shown(label);
  const href = webUrl(url);
  if (href === null || text === '') return words(text, style);
  const link: RichTextLink = { type: 'link', url: href, text };
  return [style === undefined ? link : { ...link, style }];
}

export function webUrl(url: string | null | undefined): string | null {
  const href = webAddress(url)?.href ?? null;
  return href !== null && href.length <= longestUrl ? href : null;
}

export function section(...elements: RichTextElement[]): RichTextSection {
  return { type: 'rich_text_section', elements };
}

export function quote(elements: RichTextElement[]): RichTextQuote {
  return { type: 'rich_text_quote', elements };
}

export function bullets(items: RichTextElement[][]): RichTextList {
  return { type: 'rich_text_list', style: 'bullet', elements: items.map((item) => section(...item)) };
}

export function richText(elements: RichTextBlock['elements']): RichTextBlock {
  return { type: 'rich_text', elements };
}

/** Puts ` · ` between the parts that have something to show. */
export function dotted(parts: RichTextElement[][]): RichTextElement[] {
  const filled = parts.filter((part) => part.length > 0);
  return filled.flatMap((part, index) => (index === 0 ? part : [...words(' · '), ...part]));
}

/** Small print. Plain text: Slack reads no markup, mention or emoji in it. */
export function contextLine(...texts: string[]): ContextBlock {
  return { type: 'context', elements: texts.map((text) => ({ type: 'plain_text', text, emoji: false })) };
}
