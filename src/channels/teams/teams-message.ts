import type { Recipient } from '../../domain/alert-content.js';
import { cut, shownLine } from '../../domain/shown-text.js';
import { plural } from '../../domain/wording.js';
import { button, longestUrl, paragraph, words, type CardElement, type OpenUrl } from './card.js';

/** What all readers share. A reader's own parts are added by `fillMessage`: no text can pose as their place. */
export type TeamsTemplate = {
  /** What notifications show, and clients that know no cards. Without signs of markup, see `withoutSigns`. */
  notification: string;
  body: CardElement[];
  documentUrl: string | null;
  /** How many changes are not in it. */
  omitted: number;
  /** Buttons at its end that all readers share. */
  links?: OpenUrl[];
};

/** A message as it is sent, as JSON. */
export type TeamsMessage = { json: string };

type Alert = NonNullable<Recipient['alert']>;

/**
 * Our ceiling. Teams takes 28 KB (28,672 bytes) of what it makes of a message: 24,453 bytes became 28,897
 * (https://github.com/MicrosoftDocs/msteams-docs/issues/11274). A workflow says 202 before it finds a card too long, so what is
 * too long is lost in silence; this leaves room for 40 % more.
 */
const mostBytes = 20_000;

function fits(json: string): boolean {
  return Buffer.byteLength(json) <= mostBytes;
}

/** Adds a reader's links and watchlists. The template stays as it is: all readers share it. */
export function fillMessage(template: TeamsTemplate, { alert }: Recipient): TeamsMessage {
  if (alert === null) return { json: messageJson(template, []) };
  const actions = [
    ...button('Open the alert', alert.url),
    ...button('Read the document', template.documentUrl),
  ];
  const named = messageJson(template, actions, watchlistLine(alert));
  // Names of watchlists go where room is left, which is nearly always.
  return { json: fits(named) ? named : messageJson(template, actions) };
}

/** Whether a template leaves room for the longest links that a reader can have. */
export function leavesRoom(template: TeamsTemplate): boolean {
  const longest: OpenUrl = { type: 'Action.OpenUrl', title: 'Open the alert', url: 'x'.repeat(longestUrl) };
  return fits(messageJson(template, [longest, ...button('Read the document', template.documentUrl)]));
}

/**
 * The only texts that a client may read as Markdown or HTML: signs that markup is made of become spaces, and addresses are
 * taken apart, so that none becomes a link.
 */
export function withoutSigns(text: string): string {
  const bare = shownLine(text.toWellFormed(), 300).replaceAll(/[<>[\]{}*_~`#|\\]/g, ' ');
  return bare.replaceAll(/:(?=\/\/)|www(?=\.)/gi, '$&\u2060');
}

/** @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using */
function messageJson(template: TeamsTemplate, own: OpenUrl[], more: CardElement[] = []): string {
  const { notification, body, omitted, links = [] } = template;
  const actions = [...links, ...own];
  const rest = omitted === 0 ? '' : `${plural(omitted, 'more change', 'more changes')} in the full alert`;
  return JSON.stringify({
    type: 'message',
    summary: notification,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText: notification,
          msteams: { width: 'Full' },
          body: [...body, ...paragraph(words(rest, { weight: 'Bolder' }), { separator: true }), ...more],
          ...(actions.length > 0 && { actions }),
        },
      },
    ],
  });
}

function watchlistLine({ watchlists }: Alert): CardElement[] {
  if (watchlists.length === 0) return [];
  const names = watchlists.slice(0, 5).map(({ name }) => shownLine(name, 60));
  const left = watchlists.length - names.length;
  const text = cut(`Matched by ${names.join(', ')}`, 200) + (left > 0 ? ` and ${left} more` : '');
  return paragraph(words(text, { size: 'Small', isSubtle: true }));
}
