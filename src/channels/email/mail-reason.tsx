import { render } from 'preact-render-to-string';
import type { Recipient } from '../../domain/alert-content.js';
import type { Content } from '../../domain/content.js';
import { escapedHtml } from './escaped-html.js';
import { styles } from './mail-styles.js';
import { shownLine } from '../../domain/shown-text.js';

const mostNames = 5;

const slot = 'href-of-the-link';
/** Rendered once: every mail has it, and rendering is a good part of what a mail costs. */
const [beforeHref = '', afterHref = ''] = render(
  <a href={slot} class="muted" style={styles.quietLink}>
    Unsubscribe
  </a>,
).split(slot);

/** Why mails of a content come, as far as all their readers share it. */
export type MailCause = {
  kind: Content['kind'];
  /** Null for what names a reader's watchlists with their alert. */
  watchlists: readonly { name: string }[] | null;
};

export function causeOf(content: Content): MailCause {
  return { kind: content.kind, watchlists: content.kind === 'digest' ? content.watchlists : null };
}

/** Why this reader gets the mail, and the way out. The one part of a mail's footer that is made for each recipient. */
export function reasonHtml(cause: MailCause, { alert, links }: Recipient): string {
  const words = escapedHtml(sentence(cause, alert?.watchlists ?? []));
  if (links.unsubscribe === undefined) return words;
  return `${words} ${beforeHref}${escapedHtml(links.unsubscribe)}${afterHref}`;
}

/** The same in plain text. */
export function reasonText(cause: MailCause, { alert, links }: Recipient): string {
  const words = sentence(cause, alert?.watchlists ?? []);
  return links.unsubscribe === undefined ? words : `${words}\nUnsubscribe: ${links.unsubscribe}`;
}

function sentence({ kind, watchlists }: MailCause, ofAlert: readonly { name: string }[]): string {
  if (kind === 'coverage') return 'You get this mail because a watchlist of yours follows this document.';
  const all = watchlists ?? ofAlert;
  if (all.length === 0) return 'You get this mail because you asked Tocsin to watch for such changes.';
  const whose = `your ${all.length === 1 ? 'watchlist' : 'watchlists'} ${named(all)}`;
  if (kind === 'digest') return `You get this mail for ${whose}.`;
  return `You get this mail because ${whose} matched.`;
}

/** “Hosting vendors” and “Arbitration”. */
function named(watchlists: readonly { name: string }[]): string {
  const names = watchlists.slice(0, mostNames).map(({ name }) => `“${shownLine(name, 80)}”`);
  const rest = watchlists.length - names.length;
  const all = rest > 0 ? [...names, `${rest} more`] : names;
  return all.length === 1 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}
