import { render } from 'preact-render-to-string';
import type { Recipient } from '../../domain/alert-content.js';
import { styles } from './mail-styles.js';
import { shownLine } from '../../domain/shown-text.js';

const mostNames = 5;

/** Why this reader gets the mail, and the way out. The one part of an alert's footer that is made for each recipient. */
export function reasonHtml({ alert, links }: Recipient): string {
  return render(
    <>
      {sentence(alert?.watchlists ?? [])}
      {links.unsubscribe !== undefined && ' '}
      {links.unsubscribe !== undefined && (
        <a href={links.unsubscribe} class="muted" style={styles.quietLink}>
          Unsubscribe
        </a>
      )}
    </>,
  );
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
