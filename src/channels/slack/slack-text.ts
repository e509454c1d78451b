import { oneLine } from '../../domain/plain-text.js';

/** Controls but for line ends and tabs, and the marks that turn the direction of the text around them. */
// oxlint-disable-next-line no-control-regex -- these are what must not pass
const steering = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]/g;

/**
 * Text of an event, fit to be shown: it keeps its words and line breaks and loses what would garble the words beside
 * it. Slack reads no markup in the plain and rich text that it goes into, so nothing needs escaping.
 */
export function shown(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(steering, '');
}

/** One line of at most `max` characters, for titles and names. */
export function shownLine(text: string, max: number): string {
  return cut(oneLine(shown(text)), max);
}

/** At most `max` UTF-16 units, ending in `…` when cut: between words where a space is near, never inside a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '');
  const space = head.search(/\s\S{0,24}$/);
  return `${(space > 0 ? head.slice(0, space) : head).trimEnd()}…`;
}

/**
 * Escapes text for the `text` of a message, the only place where Slack reads markup: `&`, `<` and `>` make control
 * sequences (mentions, links); a word joiner keeps `:name:` from becoming an emoji. `*`, `_`, `~` and backticks need
 * nothing, because the message is sent with `mrkdwn: false`.
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeFallback(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/:(?=[^\s:]+:)/g, ':\u2060');
}

export function utf8Length(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
