import { render } from 'preact-render-to-string';
import type { Recipient } from '../../domain/alert-content.js';
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

/** Why this reader gets the mail, and the way out. The one part of an alert's footer that is made for each recipient. */
export function reasonHtml({ alert, links }: Recipient): string {
  const words = escapedHtml(sentence(alert?.watchlists ?? []));
  if (links.unsubscribe === undefined) return words;
  return `${words} ${beforeHref}${escapedHtml(links.unsubscribe)}${afterHref}`;
}

/** The same in plain text. */
export function reasonText({ alert, links }: Recipient): string {
  const words = sentence(alert?.watchlists ?? []);
  return links.unsubscribe === undefined ? words : `${words}\nUnsubscribe: ${links.unsubscribe}`;
}

function sentence(watchlists: { name: string }[]): string {
  if (watchlists.length === 0) return 'You get this mail because you asked Tocsin to watch for such changes.';
  const names = watchlists.slice(0, mostNames).map(({ name }) => `“${shownLine(name, 80)}”`);
  const rest = watchlists.length - names.length;
  const all = rest > 0 ? [...names, `${rest} more`] : names;
  const joined = all.length === 1 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
  return `You get this mail because your ${all.length === 1 ? 'watchlist' : 'watchlists'} ${joined} matched.`;
}
